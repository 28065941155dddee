"""Zeta zeros without end: chunk after chunk, so that memory does not grow with their number."""

from __future__ import annotations

from operator import index

from anet_lite._native import AnetValueError, zeta_zeros

TYPE_CHECKING = False  # Type checkers take it for typing's, whose import would be the larger part of ours.
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import SupportsIndex

    from numpy import float64
    from numpy.typing import NDArray


def zeta_zero_chunks(
    start: SupportsIndex = 1, count: SupportsIndex | None = None, chunk: SupportsIndex = 65_536
) -> Iterator[NDArray[float64]]:
    """Give the zeros that ``zeta_zeros(start, count)`` gives, in arrays of ``chunk``, each counted at both its ends.

    The bits are those of ``zeta_zeros``. Nothing is searched before the first array is asked for; arguments are checked
    at once.

    Args:
        start: Ordinal of the first zero, from 1.
        count: How many, at least 0; None for no end.
        chunk: Zeros in an array, at least 1; the last array may be shorter.

    Returns:
        An iterator over float64 arrays.

    Raises:
        TypeError: An argument is not an integer.
        ValueError: ``start`` or ``chunk`` is below 1, or ``count`` is negative; later, an ordinal is too high.

    Example:
        >>> from rh_sparse_anomaly import zeta_zero_chunks
        >>> [len(zeros) for zeros in zeta_zero_chunks(start=1, count=1000, chunk=400)]
        [400, 400, 200]
        >>> next(zeta_zero_chunks(10**6, chunk=2))
        array([600269.67701244, 600270.30109071])

    """
    first, size = index(start), index(chunk)
    end = None if count is None else first + index(count)
    _check("start", first, 1)
    _check("chunk", size, 1)
    if end is not None:
        _check("count", end - first, 0)
    return _chunks(first, end, size)


def _check(name: str, value: int, least: int) -> None:
    if value < least:
        raise AnetValueError(f"{name} must be at least {least}, got {value}")


def _chunks(first: int, end: int | None, size: int) -> Iterator[NDArray[float64]]:
    while end is None or first < end:
        taken = size if end is None else min(size, end - first)
        yield zeta_zeros(first, taken)
        first += taken
