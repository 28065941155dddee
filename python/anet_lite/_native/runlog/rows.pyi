"""Rows of a run log."""

from typing import final

from typing_extensions import Self

@final
class JsonRows:
    """Reads the rows out of the bytes of a file of JSON lines, cut anywhere."""

    def __new__(cls) -> Self: ...
    def feed(self, data: bytes) -> list[dict[str, str | float | bool | None] | None]:
        """Return the rows that end in these bytes; None for a line that is no object.

        Blank lines are passed over. What stands for NaN or an infinity in the column ``nonfinite`` is put back; objects
        and arrays count as None.
        """
    def finish(self) -> list[dict[str, str | float | bool | None] | None]:
        """Return a last row without a newline."""

@final
class CsvRows:
    """Reads the rows out of the bytes of a CSV, cut anywhere. The header is a row like the others.

    Args:
        delimiter: What stands between two fields: one byte.

    Raises:
        ValueError: The delimiter is longer.
    """

    def __new__(cls, delimiter: str = ...) -> Self: ...
    def feed(self, data: bytes) -> list[list[str]]:
        """Return the rows that end in these bytes; one without fields for a blank line."""
    def finish(self) -> list[list[str]]:
        """Return a last row without a newline."""

def decode_nonfinite(text: str) -> list[tuple[str, float]]:
    """Return the names and the numbers in a record's column ``nonfinite``.

    Example:
        >>> from anet_lite._native import decode_nonfinite
        >>> decode_nonfinite("loss=NaN;grad_norm=-Infinity")
        [('loss', nan), ('grad_norm', -inf)]
    """
