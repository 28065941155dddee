"""What a terminal would have shown of a line: no colours, and each state of a progress bar as a line of its own."""

from __future__ import annotations

import re

_COLOUR = re.compile(
    r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][AB012])|(?:\\x1b)?\[\d{0,3}(?:;\d{1,3})*m"
)
"""Codes that colour or move the cursor; some loggers quote their first sign, and some copies lose it."""
_AGAIN = re.compile(r"\r+|\x08+")
"""The cursor goes back, and the line is written again."""


def printed_lines(text: str) -> list[str]:
    r"""Return the lines of a log as an editor counts them: a carriage return alone ends none, it is a bar's.

    Example:
        >>> from anet_lite.reader.printed import printed_lines
        >>> printed_lines("10%\r20%\r\ndone\n")
        ['10%\r20%', 'done']

    """
    lines = text.split("\n") if "\n" in text else text.split("\r")
    return [line.rstrip("\r") for line in (lines if lines[-1] else lines[:-1])]


def states(line: str) -> list[str]:
    r"""Return what a line showed, one state after another.

    Example:
        >>> from anet_lite.reader.printed import states
        >>> states("\x1b[36mstep: 1\x1b[0m\rstep: 2")
        ['step: 1', 'step: 2']

    """
    plain = _COLOUR.sub("", line)
    if "\r" not in plain and "\x08" not in plain:
        return [plain]
    return [state for state in _AGAIN.split(plain) if state.strip()]
