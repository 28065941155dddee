"""The detector under test, and what is left of it without one of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from anet_lite import StreamDetector

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detection.series import Floats

SUMS = (
    ({"d4": 1.0, "d16": 1.0, "d32": 1.0, "d64": 0.5, "tokens": 1.0, "rarity": 2.0}, 0.0),
    ({"flatline": 1.0}, 0.0),
    ({"b8_d8": 0.8, "b8_d16": 0.8, "b8_d32": 0.4, "b8_rarity": 2.0}, -1.0),
    ({"b64_d4": 1.3, "b64_d8": 1.3, "b64_d16": 0.65, "b64_rarity": 1.3}, -2.0),
)
UNCUT, CUT = ("d4", "flatline"), 5.0

WITHOUT = {
    "without dense": ("d4", "d16", "d32", "d64"),
    "without tokens": ("tokens",),
    "without rarity": ("rarity",),
    "without flatline": ("flatline",),
    "without block means": tuple(name for name in (*SUMS[2][0], *SUMS[3][0])),
}


@dataclass(frozen=True)
class Found:
    """What the detector says of a series."""

    score: Floats
    p_value: Floats
    parts: Mapping[str, Floats]


def detect(x: Floats) -> Found:
    """Run the detector with its defaults."""
    found = StreamDetector().push_many(x)
    return Found(found.score, found.p_value, found.parts)


def score_without(found: Found, left_out: tuple[str, ...]) -> Floats:
    """Return the score as it would be if some parts had nothing to say. Sums of nothing but such parts fall away."""
    sums = [_sum(found, weights, offset, left_out) for weights, offset in SUMS if not set(weights) <= set(left_out)]
    score = np.max(sums, axis=0)
    score[:64] = 0.0
    return score


def _sum(found: Found, weights: Mapping[str, float], offset: float, left_out: tuple[str, ...]) -> Floats:
    kept = {name: weight for name, weight in weights.items() if name not in left_out}
    cut = {name: found.parts[name] if name in UNCUT else np.minimum(found.parts[name], CUT) for name in kept}
    return offset + sum((weight * cut[name] for name, weight in kept.items()), np.zeros(len(found.score)))
