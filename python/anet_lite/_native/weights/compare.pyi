"""What one pass over a tensor says."""

from __future__ import annotations

from anet_lite._native.weights.file import WeightsFile

def compare_weights(
    models: list[tuple[WeightsFile, str]], base: tuple[WeightsFile, str] | None = None
) -> tuple[
    list[tuple[float, float, int, float]],
    tuple[float, float, int, float] | None,
    list[
        tuple[
            float,
            float,
            float,
            tuple[int, int],
            tuple[float, float],
            tuple[int, float, int, list[tuple[int, float]]] | None,
        ]
    ],
]:
    """Compare a tensor of several models x, y, ... with each other, and with their base o.

    One pass by all cores, in blocks: memory does not depend on the tensor, and the number of cores changes no bit. What
    is not finite counts as 0 in all sums.

    Returns:
        For each model, and for the base: Σ x², the largest abs(x), how many are not finite, and Σ (x - o)², which is 0
        without a base.

        For each pair, (0, 1), (0, 2), ..., (1, 2), ...: Σ x y; Σ (x - y)²; Σ (x - o)(y - o). Of one number in eight
        (where x - o and y - o have opposite signs, where neither is 0) and (Σ (r(m) - m)², Σ (m - o)²), with
        m = (x + y) / 2 and r the rounding to the first model's type; without a base the last is Σ (x - y)² / 4. Of
        matrices with both sides from 8 on: how many rows have a cosine, its median to 0.01 below, how many have one
        below 0.5, and the first 16 of those with theirs; else None.

    Raises:
        ValueError: There are fewer than two models, shapes differ, or a tensor is not F64, F32, F16, BF16,
            F8_E5M2 or F8_E4M3.
        OSError: A file cannot be read any more.
    """
