"""What is said of a tombstone log."""

from __future__ import annotations

from typing_extensions import TypedDict

from anet_lite.documents.strict import strict


@strict
class FaultDocument(TypedDict):
    """The first bad line."""

    line: int
    """The line, from 1; 0 where the file as a whole is not the one whose head is expected."""
    why: str


@strict
class VerifyDocument(TypedDict):
    """What ``anet-lite tombstones verify --json`` prints."""

    file: str
    is_whole: bool
    """Whether no line is altered."""
    records: int
    """Records that are whole, from the first on."""
    head: str
    """The hash of the last of them."""
    fault: FaultDocument | None
    remarks: list[str]
    """What is worth knowing of a log that is whole."""
