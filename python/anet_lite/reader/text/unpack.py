"""The bytes of a file, unpacked, piece by piece: gzip, bzip2, xz and zstd."""

from __future__ import annotations

import bz2
import lzma
import zlib
from typing import TYPE_CHECKING, Any, Callable, Protocol

from anet_lite._internal.optional_import import need
from anet_lite._native import AnetValueError

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 1 << 20
_GZIP_WINDOW = 31
"""What zlib calls a file of gzip with the largest window."""
_NO_TABLE = {
    b"PK\x03\x04": "is a zip archive or an Excel workbook: unpack it, or save the sheet as CSV",
    b"\xd0\xcf\x11\xe0": "is an Excel workbook: save the sheet as CSV",
    b"%PDF": "is a PDF",
}


class Readable(Protocol):
    """What bytes are read from: a file, a pipe."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, of that size at most; b"" at the end."""
        ...


def unpacked(file: Readable, where: str) -> Iterator[bytes]:
    """Yield the bytes of a file, unpacked where its first bytes say that it is packed.

    One that is cut off gives what there is; packed files may stand one after another.

    Raises:
        OSError: It cannot be read.
        ImportError: What unpacks it is not installed.
        ValueError: What was packed is damaged, or no text.

    """
    first = file.read(PIECE)
    for mark, what in _NO_TABLE.items():
        if first.startswith(mark):
            raise AnetValueError(f"{where} {what}")
    found = _unpacker(first)
    if found is None:
        yield from _raw(first, file)
    else:
        yield from _parts(found, first, file, where)


def is_packed(head: bytes) -> bool:
    """Whether a file that begins with these bytes is packed."""
    return head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"))


def _raw(first: bytes, file: Readable) -> Iterator[bytes]:
    while first:
        yield first
        first = file.read(PIECE)


def _unpacker(head: bytes) -> tuple[Callable[[], Any], str] | None:
    if head.startswith(b"\x1f\x8b"):
        return (lambda: zlib.decompressobj(_GZIP_WINDOW)), "gzip"
    if head.startswith(b"BZh"):
        return bz2.BZ2Decompressor, "bzip2"
    if head.startswith(b"\xfd7zXZ\x00"):
        return lzma.LZMADecompressor, "xz"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return _zstd(), "zstd"
    return None


def _zstd() -> Callable[[], Any]:
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        zstandard = need("zstandard", "zstd")
        return lambda: zstandard.ZstdDecompressor().decompressobj()
    return zstd.ZstdDecompressor  # pyright: ignore


def _parts(found: tuple[Callable[[], Any], str], first: bytes, file: Readable, where: str) -> Iterator[bytes]:
    make, name = found
    part, data = make(), first
    try:
        while data:
            yield part.decompress(data)
            data = part.unused_data if part.eof else b""
            if part.eof:
                part = make()
            data = data or file.read(PIECE)
    except Exception as error:  # each unpacker has errors of its own
        if isinstance(error, (OSError, zlib.error, lzma.LZMAError)) or type(error).__name__ == "ZstdError":
            raise AnetValueError(f"{where} is packed by {name}, and damaged: {error}") from None
        raise
