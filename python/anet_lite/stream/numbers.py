"""What a user hands over, as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._native import AnetTypeError, AnetValueError

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import ArrayLike, NDArray


def numbers_of(values: ArrayLike) -> NDArray[float64]:
    """Return samples as float64, NaN where one is None.

    Raises:
        TypeError: They are no real numbers.
        ValueError: They are not one-dimensional.

    """
    return _flat("values", values, "real numbers")


def seconds_of_times(times: ArrayLike) -> NDArray[float64]:
    """Return times as seconds since 1970, NaN where one is missing.

    Raises:
        TypeError: They are neither numbers nor ``datetime64``.
        ValueError: They are not one-dimensional.

    """
    import numpy as np

    array: Any = np.asarray(times)
    if array.dtype.kind == "M":
        missing = np.isnat(array)
        array = array.astype("datetime64[us]").astype(np.int64) / 1e6
        array[missing] = np.nan
    return _flat("times", array, "seconds since 1970 or datetime64")


def is_missing(value: object) -> bool:
    """Whether a sample is ``None``, ``pandas.NA`` or ``numpy.ma.masked``, known by their classes."""
    return value is None or type(value).__name__ in ("NAType", "MaskedConstant")


def rows_of(rows: ArrayLike | None, first: int, count: int) -> NDArray[int64]:
    """Return the numbers of rows: as given, or counted on from the first.

    Raises:
        TypeError: They are no integers.
        ValueError: They are not as many as the values.

    """
    import numpy as np

    if rows is None:
        return np.arange(first, first + count, dtype=np.int64)
    array: Any = np.asarray(rows)
    if array.dtype.kind not in "iu" and array.size:
        raise AnetTypeError(f"rows must be integers, got {array.dtype}")
    if array.shape != (count,):
        raise AnetValueError(f"rows must be as many as values, got {array.size} and {count}")
    return array.astype(np.int64)


def _flat(argument: str, values: Any, wanted: str) -> NDArray[float64]:
    import numpy as np

    array: Any = np.asarray(values)
    if array.dtype.kind not in "biufO":
        raise AnetTypeError(f"{argument} must be {wanted}, got an array of {array.dtype}")
    if array.dtype.kind == "O":
        array = np.array([float("nan") if is_missing(each) else each for each in array.flat], dtype=object).reshape(
            array.shape
        )
    try:
        numbers = array.astype(float)
    except (TypeError, ValueError):
        raise AnetTypeError(f"{argument} must be {wanted}, got an array of {array.dtype} with something else") from None
    if numbers.ndim != 1:
        raise AnetValueError(f"{argument} must be one-dimensional, got shape {numbers.shape}")
    hidden: Any = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None  # pyright: ignore
    return numbers if hidden is None else np.where(hidden, np.nan, numbers)
