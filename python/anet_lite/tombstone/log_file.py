"""The file of a log: opened by one writer, read to its end, then appended to."""

from __future__ import annotations

import os
import uuid
from typing import Any

from anet_lite._internal.file_lock import open_alone
from anet_lite._internal.plain_text import plain_text
from anet_lite._internal.warn_once import WarnOnce
from anet_lite._internal.write_all import write_all
from anet_lite._native import AnetValueError, __version__
from anet_lite.tombstone.chain import VERSION, AlteredError, Reader, Record, mark, seal
from anet_lite.tombstone.disk import sync_folder, write_head
from anet_lite.tombstone.fields import fields_of, now


class LogFile:
    """Appends records to a log, and opens it where it is not open: then it is read, and a record names the attempt.

    Args:
        path: The log.
        run_id: Name of the run; None: that of the log, or a new one.
        hashes: What the header, and the record of each attempt, says of configuration and reference.

    """

    def __init__(self, path: str, run_id: str | None, hashes: dict[str, Any]) -> None:
        self.path: str = os.path.abspath(path)  # of the folder that the program is in now
        self.reader: Reader = Reader()
        self.lost: int = 0
        self._run_id: str | None = None if run_id is None else plain_text(run_id)
        self._attempt = uuid.uuid4().hex
        self._hashes = hashes
        self._file: int | None = None
        self._left: os.stat_result | None = None
        self._warn_gone = WarnOnce()

    @property
    def run_id(self) -> str | None:
        """The name of the run; None while nothing could be written."""
        return self.reader.header.get("run_id", self._run_id)

    def open(self) -> int:
        """Open, lock and read the log; go on where it ends, with a record of who goes on.

        Raises:
            OSError: It cannot be read or written.
            ValueError: Another writer has it open, it is altered, or it belongs to another run.

        """
        os.makedirs(os.path.dirname(os.path.abspath(self.path)), exist_ok=True)
        self._file = open_alone(self.path, "log")
        try:
            sync_folder(self.path)
            gone = self._read()
            event = "attempt" if self.reader.header else "header"
            evidence = {**self._hashes, "package": f"anet-lite {__version__}", **gone}
            self._append(self._file, fields_of(event, "log", None, evidence, "auto"))
        except BaseException:
            self.close()
            raise
        return self._file

    def append(self, fields: Record) -> Record:
        """Write one record and return it.

        Raises:
            OSError: It cannot be written.
            ValueError: The log had to be opened, and ``open`` refuses it.

        """
        if self._file is not None and not self._is_as_left():
            self.close()
        return self._append(self.open() if self._file is None else self._file, fields)

    def close(self) -> None:
        """Close the file; the next append reads it again, and so finds what a failed write has left there."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)

    def _is_as_left(self) -> bool:
        """Whether the path still leads to the file, and nobody else has written to it."""
        try:
            found = os.stat(self.path)
        except OSError:
            return False
        left = self._left
        return left is not None and os.path.samestat(found, left) and found.st_size == left.st_size

    def _read(self) -> Record:
        """Read the log, and return how its next record names an end that was there before and is not any more."""
        reader = Reader()
        try:
            with open(self.path, "rb") as file:
                for record in reader.read(file):
                    self._take(record)
        except AlteredError as fault:
            raise AnetValueError(f"path must be a log that is whole, and {self.path} is altered: {fault}") from None
        known: str | None = reader.header.get("run_id")
        if known is not None and self._run_id not in (None, known):
            raise AnetValueError(f"run_id must be that of {self.path}, {known!r}, got {self._run_id!r}")
        self._run_id = known or self._run_id or uuid.uuid4().hex
        before, self.reader = self.reader, reader
        if not before.seq or before.hash in reader.hashes:
            return {}
        self._warn_gone(f"{self.path} was renamed, deleted or cut while it was open: tombstones go on in what is there")
        return {"gone": {"records": before.seq, "head": before.hash}}

    def _take(self, record: Record) -> None:
        """Take back losses that a record of ours tells already, though its write did not come to its end."""
        if record.get("attempt_id") == self._attempt and record["seq"] >= self.reader.seq:
            self.lost -= record.get("lost", 0)

    def _append(self, file: int, fields: Record) -> Record:
        reader = self.reader
        names = {"v": VERSION, "seq": reader.seq, "time": now(), "run_id": self._run_id, "attempt_id": self._attempt}
        record = {**names, **fields, "prev": reader.hash}
        if reader.torn:
            record["torn"] = mark(reader.torn)
        if self.lost:
            record["lost"] = self.lost
        line = seal(record)
        write_all(file, line if reader.ends_line else b"\n" + line)
        os.fsync(file)
        self._left = os.fstat(file)
        reader.ends_line, self.lost = True, 0
        reader.follow(record)
        write_head(self.path, record)
        return record
