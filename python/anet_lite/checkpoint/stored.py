"""A tensor as it lies in a file, read block by block so that a model larger than the memory can be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

BLOCK = 1 << 22
"""Elements of a block: 32 MB as float64."""


@dataclass(frozen=True)
class StoredTensor:
    """A tensor of a checkpoint."""

    name: str
    dtype: str
    """As safetensors calls it: ``F32``, ``BF16``, ``I64``."""
    shape: tuple[int, ...]
    size: int
    """Elements."""
    blocks: Callable[[], Iterator[NDArray[np.generic[Any]]]]
    """Gives its numbers in order, at most `BLOCK` at a time; narrow floats as float32."""
