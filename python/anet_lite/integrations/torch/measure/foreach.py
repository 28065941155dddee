"""PyTorch's operations on lists of tensors: one launch of a kernel for many tensors.

PyTorch's own optimizers stand on them, but their names begin with an underscore and its type stubs do not export them.
They are used here and nowhere else.
"""

# pyright: reportPrivateUsage=false, reportPrivateImportUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor


def norm(tensors: Sequence[Tensor], dtype: torch.dtype | None = None) -> Sequence[Tensor]:
    """Return the Euclidean norm of each tensor, computed in a type."""
    return torch._foreach_norm(list(tensors), 2, dtype=dtype)


def copy(targets: Sequence[Tensor], sources: Sequence[Tensor]) -> None:
    """Copy each source into its target."""
    torch._foreach_copy_(list(targets), list(sources))


def subtract(tensors: Sequence[Tensor], others: Sequence[Tensor]) -> None:
    """Subtract from each tensor another one, in place."""
    torch._foreach_sub_(list(tensors), list(others))


def add(tensors: Sequence[Tensor], others: Sequence[Tensor]) -> None:
    """Add to each tensor another one, in place."""
    torch._foreach_add_(list(tensors), list(others))


def scale(tensors: Sequence[Tensor], factor: float) -> None:
    """Multiply each tensor by a number, in place."""
    torch._foreach_mul_(list(tensors), factor)
