"""Whether a log is whole, and what cannot be known without a head from elsewhere."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.tombstone.canonical import require
from anet_lite.tombstone.chain import AlteredError, Reader


@dataclass(frozen=True)
class Verification:
    """What a log holds, and whether it is whole."""

    records: int
    """Records that are whole, from the first on."""
    head: str
    """The hash of the last of them."""
    fault: AlteredError | None
    """The first bad line, or None. Line 0: the file as a whole is not the one whose head is expected."""
    remarks: list[str]
    """What is worth knowing in a log that is whole: torn lines, intents without outcome, what cannot be excluded."""

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain types; ``fault`` as its line and reason, or None."""
        fault = None if self.fault is None else {"line": self.fault.line, "why": self.fault.why}
        return {"records": self.records, "head": self.head, "fault": fault, "remarks": list(self.remarks)}


def verify(path: str | os.PathLike[str], expect_head: str | None = None) -> Verification:
    """Check a log from its first record to its last.

    Args:
        path: The log.
        expect_head: A hash that the log is known to have had, from a checkpoint or a tracker: without it nobody can
            tell whether records were cut off the end. Records after it are no fault.

    Raises:
        ImportError: The extra ``anet-lite[tombstone]`` is not installed.
        OSError: The log cannot be read.
        ValueError: ``expect_head`` is not a SHA-256.

    Example:
        >>> import tempfile
        >>> from anet_lite import TombstoneLog
        >>> from anet_lite.tombstone import verify
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with TombstoneLog(f"{folder}/run.jsonl") as log:
        ...         head = log.tombstone(event="note", policy="manual")["hash"]
        ...     found = verify(f"{folder}/run.jsonl", head)
        >>> found.records, found.fault
        (2, None)

    """
    require()
    path = os.fspath(path)  # open would take a number for an open file, and close it
    expected = _hash(expect_head)
    reader, fault = Reader(), None
    with open(path, "rb") as file:
        try:
            for _ in reader.read(file):
                pass
        except AlteredError as found:
            fault = found
    if fault is None and expected is not None and expected not in reader.hashes:
        fault = AlteredError(
            0, f"no record has the expected head {expected}: cut off, continued after a cut, or replaced"
        )
    return Verification(reader.seq, reader.hash, fault, [] if fault else _remarks(reader, expected))


def _hash(text: str | None) -> str | None:
    if text is None:
        return None
    if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"expect_head must be a str, got {type(text).__name__}")
    digits = text.strip().lower().removeprefix("sha256:")
    if len(digits) != 64 or set(digits) - set("0123456789abcdef"):
        raise AnetValueError(f"expect_head must be sha256: and 64 hexadecimal digits, got {text!r}")
    return "sha256:" + digits


def _remarks(reader: Reader, expected: str | None) -> list[str]:
    remarks = list(reader.marks)
    if reader.torn:
        remarks.append(f"the last {len(reader.torn)} bytes are no whole line: a crash while writing, or a cut")
    remarks += [f"line {line}: the intent {event} has no outcome" for line, event in reader.open.values()]
    if expected is None:
        remarks.append(
            "without a head from elsewhere it cannot be excluded that records were cut off the end "
            "or that the whole file was written anew"
        )
    elif later := reader.seq - 1 - reader.hashes.index(expected):
        remarks.append(f"{later} records came after the expected head: for them, a cut end cannot be excluded")
    return remarks
