"""The number in a cell, and the step in a number."""

from __future__ import annotations

import math

_LARGEST = 2**53
"""Steps beyond this are no longer told apart by a float64, in which columns are kept."""


def number_of(cell: object) -> float | None:
    """Return the number in a cell; None where there is none. An integer too large for a float64 is infinite.

    Example:
        >>> from anet_lite.reader.number import number_of
        >>> number_of("2.5"), number_of(-(10**400)), number_of("n/a"), number_of(None)
        (2.5, -inf, None, None)

    """
    try:
        return None if cell is None or isinstance(cell, (dict, list)) else float(cell)  # type: ignore[arg-type]
    except OverflowError:
        return math.inf if isinstance(cell, int) and cell > 0 else -math.inf
    except (TypeError, ValueError):
        return None


def step_of(value: float | None) -> int | None:
    """Return the step in a number; None where it is missing, not finite, or too large for a step."""
    return int(value) if value is not None and abs(value) <= _LARGEST else None
