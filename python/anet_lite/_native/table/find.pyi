"""What the dialect of a table of text is found by."""

from __future__ import annotations

from numpy import float64
from numpy.typing import NDArray

def split_table(data: bytes, delimiter: str, comment: str = ...) -> list[tuple[int, int, list[str]]]:
    """Return for each record of a table its line, the bytes up to its end, and its fields.

    Raises:
        ValueError: The delimiter or the comment sign is longer than a byte.
    """

def read_cell(text: str, decimal: str = ..., thousands: str = ...) -> tuple[float, str] | None:
    """Return the number in a cell and its unit; None where it is none.

    Example:
        >>> from anet_lite._native import read_cell
        >>> read_cell("1.234,5 ms", ",", "."), read_cell("0x10")
        ((1234.5, 'ms'), None)

    Raises:
        ValueError: A sign is none that numbers are written with.
    """

def find_time_style(cells: list[str]) -> tuple[str, bool, bool, bool, bool, bool] | None:
    """Return how cells that are not missing write times; None where they are none.

    That is: the style's name; whether the day could be the month; whether a date, a time of day and the year are
    written; whether the cells could be plain numbers.

    Example:
        >>> from anet_lite._native import find_time_style
        >>> find_time_style(["13/01/2024 10:00", "13/01/2024 10:05"])
        ('day first', False, True, True, True, False)
    """

def read_times(cells: list[str], style: str) -> tuple[NDArray[float64], int | None]:
    """Return the seconds since 1970 UTC of times, NaN where a cell is none, and their zone as ``DelimitedReader.zone``.

    Raises:
        ValueError: There is no such style.

    Example:
        >>> from anet_lite._native import read_times
        >>> times, zone = read_times(["1970-01-01T09:00:00+09:00", "-"], "day first")
        >>> times.tolist(), zone
        ([0.0, nan], 32400)
    """

def missing_words() -> list[str]:
    """Return the usual words for a missing cell, in lower case."""
