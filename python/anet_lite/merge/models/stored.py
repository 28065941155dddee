"""A tensor in a file."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy import float32
    from numpy.typing import NDArray

    from anet_lite._native import WeightsFile

READ = ("F64", "F32", "F16", "BF16", "F8_E5M2", "F8_E4M3")
"""The types whose numbers are read."""
_BLOCK = 1 << 22
"""Numbers that are read at a time."""


@dataclass(frozen=True)
class Stored:
    """Where a tensor is, and what the header says of it."""

    file: WeightsFile
    name: str
    dtype: str
    """As the format has it, such as ``BF16``."""
    shape: tuple[int, ...]

    @property
    def is_read(self) -> bool:
        """Whether its numbers can be read."""
        return self.dtype in READ

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return prod(self.shape)

    @property
    def sides(self) -> tuple[int, int]:
        """Rows and columns: the first axis against all others."""
        rows = self.shape[0] if self.shape else 1
        return rows, self.size // rows if rows else 0

    def read(self) -> NDArray[float32]:
        """Return the whole tensor."""
        return self.file.read(self.name, 0, self.size).reshape(self.shape)

    def rows(self, start: int, stop: int) -> NDArray[float32]:
        """Return some rows."""
        columns = self.sides[1]
        return self.file.read(self.name, start * columns, stop * columns).reshape(stop - start, columns)

    def blocks(self) -> Iterator[tuple[int, NDArray[float32]]]:
        """Yield blocks of rows, each with the place of its first."""
        rows, columns = self.sides
        step = max(1, _BLOCK // max(1, columns))
        for start in range(0, rows, step):
            yield start, self.rows(start, min(rows, start + step))
