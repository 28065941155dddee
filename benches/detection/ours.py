"""The detector under test, its components alone, and what is left of it without one of them."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable

import numpy as np

from anet_lite import StreamDetector

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from detection.series import Floats

# The sums whose maximum is the score, as the docstring of StreamDetector has them: weights, and what is added.
SUMS = (
    ({"d4": 1.0, "d16": 1.0, "d32": 1.0, "d64": 0.5, "tokens": 1.0, "rarity": 2.0}, 0.0),
    ({"flatline": 1.0}, 0.0),
    ({"b8_d8": 0.8, "b8_d16": 0.8, "b8_d32": 0.4, "b8_rarity": 2.0}, -1.0),
    ({"b64_d4": 1.3, "b64_d8": 1.3, "b64_d16": 0.65, "b64_rarity": 1.3}, -2.0),
)
UNCUT, CUT = ("d4", "flatline"), 5.0

OPTIONS = inspect.signature(StreamDetector).parameters


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


def components() -> list[str]:
    """Return the names of the components, as the package has them."""
    return list(StreamDetector().push(0.0).parts)


def switches() -> list[str]:
    """Return the options that are on unless they are switched off, as the package has them."""
    return [name for name, option in OPTIONS.items() if option.default is True]


def has(options: Iterable[str]) -> bool:
    """Tell whether this version of the detector has these options."""
    return all(name in OPTIONS for name in options)


def p_values(x: Floats, options: Mapping[str, Any]) -> Floats:
    """Return the p-values of a series, or of several channels, with some options; 1 where nothing was judged."""
    known = dict(options)
    if x.ndim > 1:
        known["channels"] = x.shape[1]
    return np.nan_to_num(StreamDetector(**known).push_many(x, parts=False).p_value, nan=1.0)


def score_with(options: Mapping[str, Any]) -> Callable[[Floats], Floats]:
    """Return what scores a series with some options."""
    return lambda x: StreamDetector(**options).push_many(x, parts=False).score


def adds_up(found: Found) -> bool:
    """Tell whether ``SUMS`` is how this version of the detector comes to its score."""
    known = {name for weights, _ in SUMS for name in weights}
    return known == set(found.parts) and np.allclose(score_without(found, ()), found.score, atol=1e-9, equal_nan=True)


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
