"""The scale of an output, and how much of it lies in its tails."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

#: Numbers of an output that are looked at, at most: whole rows, evenly spaced.
MOST = 1 << 18


def moments(output: Tensor) -> dict[str, Tensor]:
    """Return the root mean square of an output, and the kurtosis of its numbers: 3 for normal ones, 0/0 for equal ones.

    With m the mean, kurtosis = mean (x - m)^4 / (mean (x - m)^2)^2.
    """
    sample = rows(output).float()
    scale = sample.square().mean().sqrt()
    squares = (sample - sample.mean()).square()
    return {"activation_scale": scale, "activation_kurtosis": squares.square().mean() / squares.mean().square()}


def rows(output: Tensor) -> Tensor:
    """Return an output as rows of its last dimension; of a large one some, evenly spaced."""
    width = output.shape[-1] if output.dim() else 1
    whole = output.reshape(-1, width)
    return whole[:: max(1, output.numel() // MOST)]
