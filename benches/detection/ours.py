"""The detector under test, as the package has it: its components, its options, and what it says of a series."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable

import numpy as np

from anet_lite import StreamDetector

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detection.series import Floats


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
    return [name for name, option in inspect.signature(StreamDetector).parameters.items() if option.default is True]


def p_values(x: Floats, options: Mapping[str, Any]) -> Floats:
    """Return the p-values of a series, or of several channels, with some options; 1 where nothing was judged."""
    known = dict(options)
    if x.ndim > 1:
        known["channels"] = x.shape[1]
    return np.nan_to_num(StreamDetector(**known).push_many(x, parts=False).p_value, nan=1.0)


def score_with(options: Mapping[str, Any]) -> Callable[[Floats], Floats]:
    """Return what scores a series with some options."""
    return lambda x: StreamDetector(**options).push_many(x, parts=False).score
