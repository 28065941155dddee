"""The text of a file, whatever wrote its bytes."""

from __future__ import annotations

import re

from anet_lite.reader.text.decode import Utf8
from anet_lite.reader.text.unpack import is_packed, unpacked

_LINE_END = re.compile(r"\r\n|\r|\n")


def bytes_of(path: str) -> bytes:
    """Return the bytes of a file, unpacked where it is packed. One that is cut off gives what there is.

    Raises:
        OSError: It cannot be read.
        ValueError: What was packed is damaged.

    """
    with open(path, "rb") as file:
        return b"".join(unpacked(file, path))


def head_of(path: str, size: int) -> tuple[bytes, bool]:
    """Return the first bytes of a file, unpacked, ``size`` of them at most, and whether it is packed.

    Raises:
        OSError: It cannot be read.
        ValueError: What was packed is damaged.

    """
    with open(path, "rb") as file:
        packed = is_packed(file.read(size))
        file.seek(0)
        return next(unpacked(file, path), b"")[:size], packed


def encoding_of(head: bytes) -> str:
    """Return Python's name of the encoding of a file that begins with these bytes."""
    text = Utf8()
    text.feed(head)
    return "utf-8-sig" if head.startswith(b"\xef\xbb\xbf") else text.encoding or "utf-8"


def text_of(data: bytes) -> tuple[str, str]:
    """Return the text of bytes and the name of its encoding, found as ``Utf8`` finds it.

    Example:
        >>> from anet_lite.reader.forms.decoded import text_of
        >>> text_of("température".encode("cp1252"))
        ('température', 'Windows-1252')

    """
    text = Utf8()
    return (text.feed(data) + text.finish()).decode(errors="replace"), text.name


def lines_of(text: str) -> list[str]:
    r"""Return the lines of a text: ``str.splitlines`` also cuts at signs such as U+2028, which a note may hold.

    Example:
        >>> from anet_lite.reader.forms.decoded import lines_of
        >>> lines_of("a\u2028b\r\nc\n")
        ['a\u2028b', 'c']

    """
    lines = _LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]
