"""What is read: a file by its path, standard input, an open file, or bytes."""

from __future__ import annotations

import io
import os
import sys
from typing import IO, TYPE_CHECKING, Any, Union, cast

from anet_lite._native import AnetTypeError

if TYPE_CHECKING:
    from anet_lite.reader.text.unpack import Readable

Readables = Union[str, "os.PathLike[str]", IO[Any], bytes, bytearray, memoryview]
"""What can be read."""


class Stream:
    """Bytes that are read once, of which the first are looked at before.

    Args:
        source: An open file, of text or of bytes.
        name: What it is called in words.

    """

    def __init__(self, source: Any, name: str) -> None:
        self.name = name
        self._source = source
        self._first = b""

    def peek(self, size: int) -> bytes:
        """Return the first bytes, which stay to be read."""
        while len(self._first) < size and (more := self._next(size - len(self._first))):
            self._first += more
        return self._first

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""
        if self._first:
            first, self._first = self._first, b""
            return first
        return self._next(size)

    def _next(self, size: int) -> bytes:
        data = self._source.read(size)
        return data.encode("utf-8", errors="replace") if isinstance(data, str) else bytes(data or b"")


def stream_of(source: Readables) -> Stream | None:
    """Return what is no path as a stream; None for a path.

    Raises:
        TypeError: It is neither.

    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return Stream(io.BytesIO(bytes(source)), "the bytes")
    if isinstance(source, (str, os.PathLike)):
        return Stream(sys.stdin.buffer, "standard input") if source == "-" else None
    if callable(getattr(source, "read", None)):
        return Stream(source, str(getattr(source, "name", "the stream")))
    raise AnetTypeError(f"source must be a path, an open file or bytes, got {type(source).__name__}")


def path_of(source: Readables) -> str:
    """Return a path as text."""
    return os.fspath(cast("str | os.PathLike[str]", source))


def spooled(stream: Readable) -> str:
    """Write a stream into a file of its own, for a form that needs one, and return its path; the caller removes it."""
    import shutil
    import tempfile

    with tempfile.NamedTemporaryFile(prefix="anet-lite-", delete=False) as file:
        shutil.copyfileobj(stream, file)  # type: ignore[arg-type]
        return file.name
