"""UTF-8 out of the bytes of a text in any encoding, piece by piece."""

from __future__ import annotations

import codecs
import re

from anet_lite._internal.validate import instance

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NAMES = {"cp1252": "Windows-1252", "cp932": "Shift-JIS", "euc_jp": "EUC-JP"}
_KANA = re.compile("[\u3041-\u30ff]|[\u4e00-\u9fff]{2}")
"""What a Japanese text holds, and Western letters read as Japanese do not: kana, or two characters together."""


class Utf8:
    """Turns pieces of a text into UTF-8.

    The encoding is the given one, or that of the mark at the beginning, or, from the first byte that is no ASCII on,
    UTF-8 where that fits, else Shift-JIS or EUC-JP where that gives Japanese, else Windows-1252.

    Example:
        >>> from anet_lite.reader.text.decode import Utf8
        >>> text = Utf8()
        >>> text.feed(b"a,b,"), text.feed("température".encode("cp1252")).decode(), text.name
        (b'a,b,', 'température', 'Windows-1252')

    """

    def __init__(self, encoding: str = "") -> None:
        instance("encoding", encoding, str)
        self.encoding: str = encoding
        """Python's name of the encoding; "" while all was ASCII."""
        self.damaged: bool = False
        """Some bytes fit no character."""
        self._began = False
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace") if encoding else None
        self._mark: bytes = b""

    @property
    def name(self) -> str:
        """The encoding in words."""
        plain = self.encoding.lower().replace("_", "-")
        return "UTF-8" if plain in ("", "utf-8", "utf-8-sig") else _NAMES.get(self.encoding, plain.upper())

    def feed(self, data: bytes) -> bytes:
        """Return the next bytes in UTF-8; a character that is cut off waits for its end."""
        if not self._began:
            data = self._mark + data
            if len(data) < 4 and any(mark.startswith(data[:3]) or data.startswith(mark[:2]) for mark, _ in _MARKS):
                self._mark = data  # the mark may be cut off
                return b""
            self._mark = b""
            self._began = True
            data = self._begin(data)
        if self._decoder is None:
            if data.isascii():
                return data
            self._set(encoding_of(data))
        return self._decoded(data, False)

    def finish(self) -> bytes:
        """Return what was waiting."""
        rest = self._mark
        self._mark = b""
        return rest if self._decoder is None else self._decoded(rest, True)

    def _begin(self, data: bytes) -> bytes:
        if data.startswith(b"\xef\xbb\xbf") and self.encoding.lower().replace("_", "-") in ("", "utf-8"):
            return data[3:]
        if self._decoder is None:
            encoding = next((name for mark, name in _MARKS[1:] if data.startswith(mark)), _wide(data))
            if encoding:
                self._set(encoding)
        return data

    def _set(self, encoding: str) -> None:
        self.encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def _decoded(self, data: bytes, final: bool) -> bytes:
        assert self._decoder is not None
        text = self._decoder.decode(data, final)
        self.damaged = self.damaged or "\ufffd" in text
        return text.encode("utf-8", errors="replace")


def encoding_of(data: bytes) -> str:
    """Return Python's name of the encoding of a piece of text that is not all ASCII."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if error.start < len(data) - 3:
            return _old_encoding(data)
    return "utf-8"  # as far as it goes: the last character may be cut off


def _old_encoding(data: bytes) -> str:
    for encoding in ("cp932", "euc_jp"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data)
        except UnicodeDecodeError:
            continue
        if _KANA.search(text):
            return encoding
    return "cp1252"


def _wide(data: bytes) -> str:
    """Return UTF-16 without a mark: every other byte of Western text is 0."""
    head = data[:200]
    if len(head) < 8 or head.count(0) * 3 < len(head):
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
