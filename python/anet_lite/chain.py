"""A chain of records, read back: each line in canonical form, each naming the hash of the one before.

What it proves: no line was changed after it was written, as far as its head is known from elsewhere. It does not prove
that a line was true, nor anything against somebody who can rewrite the file and every copy of its head.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, NamedTuple

from anet_lite.canonical import digest, dumps, loads, require

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

VERSION = 1
"""Of the form of a record; in every record as ``v``."""

START = "sha256:" + "0" * 64
"""What the first record names as the one before it."""

Record = dict[str, Any]


class AlteredError(ValueError):
    """A line that does not belong where it stands."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line, self.why = line, why


class Report(NamedTuple):
    """What a log holds, and whether it is whole."""

    records: int
    """Records that are whole, from the first on."""
    head: str
    """The hash of the last of them."""
    fault: AlteredError | None
    """The first bad line, or None. Line 0: the file as a whole is not the one whose head is expected."""
    remarks: list[str]
    """What is worth knowing in a log that is whole: torn lines, intents without outcome, what cannot be excluded."""


def seal(record: Record) -> bytes:
    """Return the line of a record, with its hash in it."""
    content = {name: value for name, value in record.items() if name != "hash"}
    # The zero byte keeps the hash of a record apart from that of any other text: RFC 6962, section 2.1.
    record["hash"] = digest(b"\x00" + dumps(content))
    return dumps(record) + b"\n"


class Reader:
    """Follows a log from its first line, and holds where it has come to: the last record, torn bytes, open intents."""

    def __init__(self) -> None:
        self.header: Record = {}
        self.hash, self.seq = START, 0
        self.hashes: list[str] = []
        self.line = 0
        self.torn = b""
        self.ends_line = True
        self.open: dict[int, tuple[int, str]] = {}
        self.marks: list[str] = []
        self._torn_at = 0

    def read(self, file: IO[bytes]) -> Iterator[Record]:
        """Pass the records on, up to the end or the first fault.

        Raises:
            AlteredError: A line does not belong where it stands.

        """
        for raw in file:
            self.line += 1
            text, self.ends_line = raw[:-1] if raw.endswith(b"\n") else raw, raw.endswith(b"\n")
            try:
                record = loads(text)
            except ValueError as error:
                self._collect(raw, str(error))
                continue
            if not isinstance(record, dict):
                raise AlteredError(self._bad(), "it is not a record")
            self._check(record)
            if self.torn:
                self.marks.append(
                    f"line {self._torn_at} is torn, as the next record says: a crash while it was written"
                )
            self.follow(record)
            yield record
        # A write that was cut off leaves no newline: a line that has one was changed.
        if self.torn and self.torn.endswith(b"\n"):
            raise AlteredError(self._torn_at, "it is not a record: edited or inserted")

    def _collect(self, raw: bytes, why: str) -> None:
        """Keep what cannot be read until a record names it as torn, as far as a cut write can look so."""
        if "canonical" in why:
            raise AlteredError(self._bad(), "it is not in canonical form: edited by hand, or a key stands in it twice")
        self._torn_at = self._torn_at if self.torn else self.line
        self.torn += raw

    def _bad(self) -> int:
        return self._torn_at if self.torn else self.line

    def _check(self, record: Record) -> None:
        if mark(self.torn) != record.get("torn"):
            raise AlteredError(
                self._bad(), "it is not a record: edited or inserted" if self.torn else "a torn line is gone"
            )
        content = {name: value for name, value in record.items() if name != "hash"}
        if record.get("hash") != digest(b"\x00" + dumps(content)):
            raise AlteredError(self.line, "its content does not match its hash: edited")
        if record.get("v") != VERSION:
            raise AlteredError(self.line, f"it is of version {record.get('v')!r}, and this reader knows {VERSION}")
        if self.header and record.get("run_id") != self.header.get("run_id"):
            raise AlteredError(self.line, f"it comes from another run, {record.get('run_id')!r}")
        if record.get("seq") != self.seq or record.get("prev") != self.hash:
            raise AlteredError(self.line, self._misplaced(record.get("seq")))

    def _misplaced(self, seq: object) -> str:
        if seq == self.seq:
            return "it does not name the record before it: the one before was replaced, or this one is from elsewhere"
        return f"record {seq!r} stands where record {self.seq} belongs: deleted, inserted or moved"

    def follow(self, record: Record) -> None:
        """Step over a record that belongs where it stands."""
        self.torn, self.hash, self.seq = b"", record["hash"], self.seq + 1
        self.hashes.append(self.hash)
        self.header = self.header or record
        if record.get("phase") == "intent":
            self.open[record["seq"]] = (self.line, str(record.get("event")))
        if record.get("phase") == "outcome" and isinstance(intent := record.get("intent"), int):
            self.open.pop(intent, None)


def mark(torn: bytes) -> Record | None:
    """Return how a record names the torn bytes before it."""
    kept = torn[:-1] if torn.endswith(b"\n") else torn
    return {"bytes": len(kept), "sha256": digest(kept)} if torn else None


def verify(path: str | os.PathLike[str], expect_head: str | None = None) -> Report:
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
        >>> from anet_lite.chain import verify
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with TombstoneLog(f"{folder}/run.jsonl") as log:
        ...         head = log.tombstone(event="note", policy="manual")["hash"]
        ...     report = verify(f"{folder}/run.jsonl", head)
        >>> report.records, report.fault
        (2, None)

    """
    require()
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
    return Report(reader.seq, reader.hash, fault, [] if fault else _remarks(reader, expected))


def _hash(text: str | None) -> str | None:
    if text is None:
        return None
    digits = text.strip().lower().removeprefix("sha256:")
    if len(digits) != 64 or set(digits) - set("0123456789abcdef"):
        raise ValueError(f"expect_head must be sha256: and 64 hexadecimal digits, got {text!r}")
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
