"""What a user knows of a table better than its looks tell."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from anet_lite._internal.validate import instance
from anet_lite._native import AnetValueError

_NAMED = {
    "tab": "\t",
    "\\t": "\t",
    "space": " ",
    "spaces": " ",
    "comma": ",",
    "semicolon": ";",
    "bar": "|",
    "pipe": "|",
}


def missing_word(missing: object) -> str:
    """Return a word for a missing cell; a number stands for its digits."""
    if isinstance(missing, (int, float)) and not isinstance(missing, bool):
        return f"{missing:.17g}"
    instance("missing", missing, str)
    return str(missing)


@dataclass(frozen=True)
class ReadOptions:
    r"""How a table of text is to be read; None or "" leaves it to the file's looks.

    Raises:
        TypeError: What is a sign or a name is no text.
        ValueError: A sign is longer than a byte, or there is no such encoding.

    Example:
        >>> from anet_lite.reader.text import ReadOptions
        >>> ReadOptions(delimiter="tab", decimal=",").delimiter
        '\t'

    """

    delimiter: str = ""
    """Between two cells; a space stands for any run of spaces and tabs."""
    decimal: str = ""
    """``.`` or ``,``."""
    thousands: str | None = None
    """What groups digits; "" says that nothing does."""
    encoding: str = ""
    """Python's name of it."""
    missing: tuple[str, ...] = ()
    """Words for a missing cell, beside the usual ones; a number among them, such as -999, is missing too."""
    header: bool | None = None
    """Whether the first row holds the names."""
    time: str = ""
    """The column of the time."""
    order: str = ""
    """``day first`` or ``month first``, of dates such as 01/02/2024."""
    keys: tuple[str, ...] = ()
    """Columns that tell series apart."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "missing", tuple(map(missing_word, self.missing)))
        for name in ("delimiter", "decimal", "encoding", "time", "order"):
            instance(name, getattr(self, name), str)
        object.__setattr__(self, "delimiter", _NAMED.get(self.delimiter.lower(), self.delimiter))
        if len(self.delimiter.encode()) > 1:
            raise AnetValueError(f"delimiter must be one sign, tab or spaces, got {self.delimiter!r}")
        if self.decimal not in ("", ".", ","):
            raise AnetValueError(f"decimal must be '.' or ',', got {self.decimal!r}")
        if self.thousands not in (None, "", ",", ".", "'", " "):
            raise AnetValueError(f"thousands must be ',', '.', \"'\" or ' ', got {self.thousands!r}")
        if self.order not in ("", "day first", "month first"):
            raise AnetValueError(f"order must be 'day first' or 'month first', got {self.order!r}")
        try:
            codecs.lookup(self.encoding or "utf-8")
        except LookupError:
            raise AnetValueError(f"encoding must be one that Python knows, got {self.encoding!r}") from None
