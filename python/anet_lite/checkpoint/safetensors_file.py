"""Tensors of a safetensors file, of all types: those of the reader that compares models, and integers besides."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from anet_lite._native import WeightsFile
from anet_lite.checkpoint.decode import BYTES, numbers
from anet_lite.checkpoint.stored import BLOCK, StoredTensor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray


def safetensors_tensors(path: Path) -> tuple[list[StoredTensor], list[str]]:
    """Return the tensors of a file, and those of a type that cannot be read.

    Raises:
        ValueError: It is no such file, or a damaged one.
        OSError: It cannot be opened.

    """
    file = WeightsFile(path)
    found = [_tensor(path, *about, span) for about, span in zip(file.tensors, file.spans)]
    return [tensor for tensor in found if tensor.dtype in BYTES], [t.name for t in found if t.dtype not in BYTES]


def _tensor(path: Path, name: str, dtype: str, shape: tuple[int, ...], span: tuple[int, int]) -> StoredTensor:
    first, last = span

    def blocks() -> Iterator[NDArray[Any]]:
        width = BYTES[dtype]
        for at in range(first, last, BLOCK * width):
            taken = min(BLOCK * width, last - at)
            yield numbers(np.memmap(path, np.uint8, "r", at, (taken,)), dtype)

    return StoredTensor(name, dtype, shape, prod(shape), blocks)
