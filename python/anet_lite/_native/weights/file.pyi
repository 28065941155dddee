"""A file of weights."""

from __future__ import annotations

from os import PathLike

from numpy import float32
from numpy.typing import NDArray

class WeightsFile:
    """A safetensors file whose header was checked: every tensor lies inside of it, and no two share a byte.

    Raises:
        ValueError: The file is not safetensors, or its header is damaged.
        OSError: The file cannot be read.
    """

    def __new__(cls, path: str | PathLike[str]) -> WeightsFile: ...
    @property
    def tensors(self) -> list[tuple[str, str, tuple[int, ...]]]:
        """Name, type (as the format has it, such as ``BF16``) and shape of each tensor, in the order of their bytes."""

    @property
    def spans(self) -> list[tuple[int, int]]:
        """First byte of each tensor in the file, and the one after its last; in the same order."""

    def read(self, name: str, start: int, stop: int) -> NDArray[float32]:
        """Return numbers of a tensor, in the order of C, in single precision; a larger double is its largest number.

        Raises:
            ValueError: There is no such tensor, it has fewer numbers, or they are not F64, F32, F16, BF16,
                F8_E5M2 or F8_E4M3.
            OSError: The file cannot be read any more.
        """
