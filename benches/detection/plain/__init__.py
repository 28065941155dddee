"""Plain cases that operators meet daily, by formula; ``python -m detection.plain`` prints who finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detection.plain import (
    channels,
    corrupt,
    counters,
    gaps,
    recurring,
    scale,
    season,
    shift,
    slow,
    start,
    still,
)

if TYPE_CHECKING:
    from detection.plain.case import Case

CASES: tuple[Case, ...] = (
    *corrupt.CASES,
    *recurring.CASES,
    *season.CASES,
    *gaps.CASES,
    *scale.CASES,
    *start.CASES,
    *slow.CASES,
    *counters.CASES,
    *still.CASES,
    *channels.CASES,
    *shift.CASES,
)
