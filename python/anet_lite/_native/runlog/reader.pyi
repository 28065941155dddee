"""Columns of a run log."""

from typing import final

from numpy import bool_, float64
from numpy.typing import NDArray
from typing_extensions import Self

@final
class JsonReader:
    """Reads columns out of the bytes of a file of JSON lines.

    Args:
        numbers: Columns of numbers. A cell that is missing or no number counts as not given.
        texts: Columns of texts.
    """

    rows: int
    """Rows read."""
    def __new__(cls, numbers: list[str], texts: list[str] = ...) -> Self: ...
    def feed(self, data: bytes) -> None:
        """Take the next bytes, cut anywhere.

        Raises:
            ValueError: A line is not a JSON object.
        """
    def finish(self) -> None:
        """Take a last row without a newline; a torn one is left out."""
    def numbers(self) -> list[tuple[NDArray[float64], NDArray[bool_]]]:
        """Return for each column of numbers its values, and whether each was given."""
    def texts(self) -> list[list[tuple[int, str]]]:
        """Return for each column of texts the rows where it changes, with what it changes to."""
