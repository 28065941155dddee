"""The options of a stream detector that estimators of other libraries take by the same names."""

from __future__ import annotations

from typing import Any

from anet_lite._native import StreamDetector

OPTIONS = ("tokens", "long", "adaptive_threshold", "season", "warmup", "difference", "counter", "small")
"""Those of a detector of any number of channels."""


def detector_of(model: Any, **others: Any) -> StreamDetector:
    """Return a new detector with the options that stand as attributes of an estimator, and with others.

    Raises:
        TypeError: An option is of the wrong type.
        ValueError: An option is out of its range.

    """
    options: dict[str, Any] = {name: getattr(model, name) for name in OPTIONS}
    return StreamDetector(str(model.seed), **options, **others)
