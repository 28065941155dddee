"""The text of a file, whatever wrote its bytes."""

from __future__ import annotations

import re
import zlib

from anet_lite._native import AnetValueError

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
"""What zlib calls a file of gzip with the largest window."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def bytes_of(path: str) -> bytes:
    """Return the bytes of a file, unpacked where gzip packed them. One that is cut off gives what there is.

    Raises:
        OSError: It cannot be read.
        ValueError: What was packed is damaged.

    """
    with open(path, "rb") as file:
        data = file.read()
    parts: list[bytes] = []
    while data.startswith(_GZIP):  # packed files may stand one after another
        part, data = _unpacked(path, data)
        parts.append(part)
    return b"".join(parts) or data


def head_of(path: str, size: int) -> tuple[bytes, bool]:
    """Return the first bytes of a file, unpacked, ``size`` of them at most, and whether gzip packed them.

    Raises:
        OSError: It cannot be read.
        ValueError: What was packed is damaged.

    """
    with open(path, "rb") as file:
        head = file.read(size)
    packed = head.startswith(_GZIP)
    return (_unpacked(path, head, size)[0] if packed else head), packed


def encoding_of(head: bytes) -> str:
    """Return Python's name of the encoding of a file that begins with these bytes, as ``text_of`` takes it."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    return "cp1252" if text_of(head)[1] == "Windows-1252" else "utf-8"


def _unpacked(path: str, data: bytes, most: int = 0) -> tuple[bytes, bytes]:
    """Return what a packed file holds, ``most`` bytes of it unless that is 0, and what stands behind it."""
    unpack = zlib.decompressobj(_GZIP_WINDOW)
    try:
        return unpack.decompress(data, most), unpack.unused_data
    except zlib.error as error:
        raise AnetValueError(f"{path} is packed by gzip, and damaged: {error}") from None


def text_of(data: bytes) -> tuple[str, str]:
    """Return the text of bytes and the encoding: by its mark, else UTF-8 where that fits, else Windows-1252.

    Example:
        >>> from anet_lite.reader.forms.decoded import text_of
        >>> text_of("température".encode("cp1252"))
        ('température', 'Windows-1252')

    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), "UTF-16" if encoding == "utf-16" else "UTF-8"
    try:
        return data.decode(), "UTF-8"
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:  # a character that was cut off at the end
            return data.decode(errors="replace"), "UTF-8"
    return data.decode("cp1252", errors="replace"), "Windows-1252"


def lines_of(text: str) -> list[str]:
    r"""Return the lines of a text: ``str.splitlines`` also cuts at signs such as U+2028, which a note may hold.

    Example:
        >>> from anet_lite.reader.forms.decoded import lines_of
        >>> lines_of("a\u2028b\r\nc\n")
        ['a\u2028b', 'c']

    """
    lines = _LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]
