"""Texts of users and of files, on a terminal and in a log: none may end a line, move the cursor or turn the text."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HARMLESS = "\u200c\u200d"
"""Joiners, which some scripts and many emoji need; they are not printable for Python."""
_LISTED, _LONGEST = 20, 80


def one_line(text: str) -> str:
    r"""Return a text with everything that is not printed as an escape: newlines, ESC, marks of direction, surrogates.

    Spaces of any width stay.

    Example:
        >>> from anet_lite._internal.one_line import one_line
        >>> print(one_line("a\nstep 9: \x1b[2Jfine"))
        a\nstep 9: \x1b[2Jfine

    """
    return text if text.isprintable() else "".join(map(_shown, text))


def listed(names: Sequence[str], lang: str = "en") -> str:
    """Return names as a list for a sentence: some of many, and the beginning of a long one.

    Example:
        >>> from anet_lite._internal.one_line import listed
        >>> listed(["loss", "lr"]), listed(["x"] * 1000)[-15:]
        ('loss, lr', 'x, and 980 more')

    """
    if not names:
        return "none"
    rest = f"{len(names) - _LISTED:,}"
    more = [f"他{rest}件" if lang == "ja" else f"and {rest} more"] if len(names) > _LISTED else []
    return ", ".join([*(one_line(name[:_LONGEST]) + "…" * (len(name) > _LONGEST) for name in names[:_LISTED]), *more])


def _shown(letter: str) -> str:
    if letter.isprintable() or letter in _HARMLESS or unicodedata.category(letter) == "Zs":
        return letter
    return letter.encode("unicode_escape").decode("ascii")
