"""The setting that says how often: an integer, at least 1."""

from __future__ import annotations

from anet_lite._native import AnetTypeError, AnetValueError


def checked_every(every: int) -> int:
    """Return the number of steps from one time to the next, if it is one."""
    if not isinstance(every, int) or isinstance(every, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"every must be an integer, got {type(every).__name__}")
    if every < 1:
        raise AnetValueError(f"every must be at least 1, got {every}")
    return every
