"""A file that grows by whole lines, and holds nothing but whole lines, whatever happens to its writer."""

from __future__ import annotations

import contextlib
import os
import stat
import time

from anet_lite._internal.file_lock import open_alone
from anet_lite._internal.json_line import object_of
from anet_lite._internal.write_all import write_all

_BLOCK = 1 << 16

_LOOK_AGAIN = 1.0
"""Seconds between looks at the path, each of which takes as long as half a record."""


class LineFile:
    """A file opened for appending: one writer, each line handed to the system before ``append`` returns.

    A killed process therefore loses no line that was appended; a power cut may lose what the system had not written.
    What a crash left of a last line is dealt with by ``repair``: opening alone changes nothing, since the file may be
    somebody else's.

    Raises:
        OSError: The file cannot be opened for writing.
        ValueError: Another writer has it open.

    """

    def __init__(self, path: str) -> None:
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        self._path = path
        self._file = open_alone(path, "file")
        self._opened = os.fstat(self._file)
        self._is_regular = stat.S_ISREG(self._opened.st_mode)
        self._looked_at = time.monotonic()
        self.size: int = self._opened.st_size

    def is_as_left(self) -> bool:
        """Whether nobody has cut anything off the file and, asked once a second, its path still leads to it."""
        if self._is_regular and os.lseek(self._file, 0, os.SEEK_END) < self.size:
            return False
        now = time.monotonic()
        if now - self._looked_at < _LOOK_AGAIN:
            return True
        self._looked_at = now
        try:
            return os.path.samestat(os.stat(self._path), self._opened)
        except OSError:
            return False

    def append(self, line: bytes) -> None:
        """Write a line, or several, each whole or not at all.

        Raises:
            OSError: Not all of it could be written.

        """
        try:
            write_all(self._file, line)
        except BaseException:
            # A disk that is nearly full takes a part. Where even this fails, the next opening repairs.
            with contextlib.suppress(OSError):
                self._cut(self.tail())
            raise
        self.size += len(line)

    def close(self) -> None:
        """Close the file; the lock ends with it."""
        os.close(self._file)

    def repair(self) -> str:
        """Complete a last line that is a JSON object and only lacks its newline, cut off any other; return what it did.

        Raises:
            OSError: The file could not be written.

        """
        tail = self.tail()
        if not tail:
            return ""
        if object_of(tail) is not None:
            self.append(b"\n")
            return "a last line without its end was completed"
        self._cut(tail)
        return f"a torn last line of {len(tail)} bytes was cut off"

    def tail(self) -> bytes:
        """Return what stands behind the last newline."""
        tail, at = b"", os.fstat(self._file).st_size
        while at > 0 and b"\n" not in tail:
            start = max(0, at - _BLOCK)
            os.lseek(self._file, start, os.SEEK_SET)
            tail = os.read(self._file, at - start) + tail
            at = start
        return tail[tail.rfind(b"\n") + 1 :]

    def _cut(self, tail: bytes) -> None:
        """Cut off the last bytes, by the size that the file has now: others, such as a log rotator, may change it."""
        self.size = os.fstat(self._file).st_size - len(tail)
        if tail:
            os.ftruncate(self._file, self.size)
