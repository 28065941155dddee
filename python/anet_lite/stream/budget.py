"""False alarms that a user accepts, as the p-value that keeps to them."""

from __future__ import annotations

import re

from anet_lite._native import AnetValueError
from anet_lite.stream.duration import seconds_of

_BUDGET = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(?:/|\s+per\s+|\s+)\s*(10k|10000|h|hour|d|day|w|week)", re.IGNORECASE)
_PERIODS = {"h": "1h", "hour": "1h", "d": "1d", "day": "1d", "w": "1w", "week": "1w"}
_LARGEST = 0.01
"""The detector's p-values are rates of episodes; above this an episode would hardly end."""


def threshold_of(budget: str, interval: float | None = None, streams: int = 1) -> float:
    """Return the largest p-value that alarms, such that healthy streams together give about a number of alarms.

    The p-value of a detector is the rate at which a healthy stream begins an episode, so a budget of one alarm in n
    samples is a threshold of 1 / n.

    Args:
        budget: ``3/10k`` is three false alarms in 10,000 samples of a stream; ``1/day``, ``2/week`` and ``1/hour`` are
            in that time over all streams.
        interval: Seconds between two samples, which a budget by time needs.
        streams: Number of streams.

    Raises:
        ValueError: The budget is none, cannot be kept to, or needs the interval.

    Example:
        >>> from anet_lite.stream import threshold_of
        >>> threshold_of("3/10k"), round(threshold_of("1/day", interval=60) * 1440, 6)
        (0.0003, 1.0)

    """
    found = _BUDGET.fullmatch(budget.strip())
    if found is None or float(found[1]) <= 0:
        raise AnetValueError(f"budget must be such as 3/10k, 1/day or 2/week, got {budget!r}")
    samples = 10_000.0
    if found[2].lower() in _PERIODS:
        if interval is None:
            raise AnetValueError(f"budget {budget} needs the time between two samples: set interval, such as 60s")
        samples = seconds_of(_PERIODS[found[2].lower()]) / interval * max(streams, 1)
    threshold = float(found[1]) / samples
    if threshold > _LARGEST:
        most = _LARGEST * samples
        raise AnetValueError(
            f"budget {budget} is more than one sample in a hundred: at most {most:.3g} can be asked for"
        )
    return threshold
