"""A chain of records, read back: each line in canonical form, each naming the hash of the one before.

What it proves: no line was changed after it was written, as far as its head is known from elsewhere. It does not prove
that a line was true, nor anything against somebody who can rewrite the file and every copy of its head.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from anet_lite.tombstone.canonical import digest, dumps, loads

if TYPE_CHECKING:
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
        self.line: int = line
        self.why: str = why


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
        self.hash: str = START
        self.seq: int = 0
        self.hashes: list[str] = []
        self.line: int = 0
        self.torn: bytes = b""
        self.ends_line: bool = True
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
