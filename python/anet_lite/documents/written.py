"""What commands say that write a file."""

from __future__ import annotations

from typing_extensions import TypedDict

from anet_lite.documents.strict import strict


@strict
class WrittenDocument(TypedDict):
    """What ``anet-lite report --json`` and ``anet-lite plot --json`` print."""

    file: str
    written: str
    """The page or the picture."""
    is_run: bool
    """Whether the file was taken for a training run, rather than for streams."""
    remark: str
    """What is wrong with the tombstone log, where one was shown; else empty."""
