"""Series and array-likes for the property tests: ordinary, tied, constant, extreme and broken ones."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import strategies as st

EXTREMES = [0.0, -0.0, 5e-324, 1e-300, -1e-300, 1e300, -1e300, 1.7976931348623157e308]
BROKEN = [math.nan, math.inf, -math.inf]

_ordinary = st.floats(-1e3, 1e3)
_levels = st.sampled_from([0.0, 0.1, 0.5, 1.0])
_integers = st.integers(-1000, 1000).map(float)
_tiny_or_huge = st.sampled_from(EXTREMES) | st.floats(allow_nan=False, allow_infinity=False)


def _lists(elements: st.SearchStrategy[float], min_size: int, max_size: int) -> st.SearchStrategy[list[float]]:
    return st.lists(elements, min_size=min_size, max_size=max_size)


def _constant(min_size: int, max_size: int) -> st.SearchStrategy[list[float]]:
    return st.builds(lambda value, size: [value] * size, _ordinary, st.integers(min_size, max_size))


def tame_series(min_size: int = 0, max_size: int = 200) -> st.SearchStrategy[list[float]]:
    """Return finite series of moderate size: noise, few levels with many ties, integers, constants."""
    noise, ties, integers = (_lists(e, min_size, max_size) for e in (_ordinary, _levels, _integers))
    return noise | ties | integers | _constant(min_size, max_size)


def finite_series(min_size: int = 0, max_size: int = 200) -> st.SearchStrategy[list[float]]:
    """Return tame series and those with denormal and huge values, whose squares under- and overflow."""
    return tame_series(min_size, max_size) | _lists(_tiny_or_huge, min_size, max_size)


def series(min_size: int = 0, max_size: int = 200) -> st.SearchStrategy[list[float]]:
    """Return finite series and those with NaN and infinities in them."""
    broken = _lists(_ordinary | st.sampled_from(BROKEN), min_size, max_size)
    return finite_series(min_size, max_size) | broken


def _strided(values: list[float]) -> np.ndarray:
    return np.repeat(np.array(values, dtype=float), 2)[::2]


def _reversed(values: list[float]) -> np.ndarray:
    return np.array(values[::-1], dtype=float)[::-1]


def _read_only(values: list[float]) -> np.ndarray:
    array = np.array(values, dtype=float)
    array.flags.writeable = False
    return array


#: Ways to hand over the same float64 values, by name.
PRESENTATIONS = {
    "list": list,
    "tuple": tuple,
    "array": lambda values: np.array(values, dtype=float),
    "strided": _strided,
    "reversed": _reversed,
    "read-only": _read_only,
    "big-endian": lambda values: np.array(values, dtype=">f8"),
    "object": lambda values: np.array(values, dtype=object),
    "memoryview": lambda values: memoryview(np.array(values, dtype=float)),
}
