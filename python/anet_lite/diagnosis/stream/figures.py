"""Numbers as a person reads them: in as few digits as tell the value from what is usual."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = 2
"""Digits of the width of the usual range that are shown."""
_SMALLEST, _LARGEST = 1e-5, 1e10
"""Smaller steps and larger numbers are written with an exponent."""
_ROUND = 2
"""Digits of a count that is only about right."""


def step_of(*numbers: float) -> float:
    """Return what figures beside each other are rounded to: about a hundredth of how far apart they lie.

    Example:
        >>> from anet_lite.diagnosis.stream.figures import figure, step_of
        >>> step = step_of(31.234, 45.872, 97.18)
        >>> [figure(number, step) for number in (31.234, 45.872, 97.18)]
        ['31', '46', '97']

    """
    known = [number for number in numbers if isfinite(number)]
    width = max(known) - min(known) if known else 0.0
    if not 0.0 < width < float("inf"):
        return 0.0
    return 10.0 ** (floor(log10(width)) - _DIGITS + 1)


def figure(number: float, step: float) -> str:
    """Return a number that is rounded to a step."""
    return _shown(number, step, round)


def below(number: float, step: float) -> str:
    """Return a number that is rounded down: what is at most this is at most the number."""
    return _shown(number, step, floor)


def above(number: float, step: float) -> str:
    """Return a number that is rounded up."""
    return _shown(number, step, ceil)


def _shown(number: float, step: float, whole: Callable[[float], int]) -> str:
    if not isfinite(number) or step == 0.0:
        return f"{number:.6g}"
    places = -floor(log10(step))
    shown = whole(number / step) * step
    if step < _SMALLEST or abs(shown) >= _LARGEST:
        return f"{shown:.{_digits(shown, step)}g}"
    return f"{shown + 0.0:,.{max(0, places)}f}"


def _digits(number: float, step: float) -> int:
    """Return how many digits tell a number from its neighbours a step away."""
    return min(15, max(1, floor(log10(max(abs(number), step))) - floor(log10(step)) + 1))


def about(count: float) -> str:
    """Return a count in two digits: 41,237 is 41,000.

    Example:
        >>> from anet_lite.diagnosis.stream.figures import about
        >>> about(41_237.0), about(3.2)
        ('41,000', '3')

    """
    if count < 10.0**_ROUND:
        return f"{count:.0f}"
    unit = 10 ** (floor(log10(count)) - _ROUND + 1)
    return f"{round(count / unit) * unit:,}"
