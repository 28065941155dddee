"""What one series says of the detector, of its components, and of a peer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

import numpy as np

from detection import combination, ours, peers
from detection.files.period import told
from detection.measures.alarms import THRESHOLDS, Count, count, count_young
from detection.measures.event_f1 import event_f1
from detection.measures.vus import vus
from detection.peers.series import filled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detection.series import Floats, Series

OURS = "**StreamDetector**"
TOLERANCE = 0.005
Value = Optional[float]


@dataclass(frozen=True)
class Quality:
    """VUS-PR and event F1 of a score; ``None`` where a series has no event after its start."""

    vus: Value
    f1: Value


@dataclass(frozen=True)
class Judged:
    """The detector on one series."""

    rows: Mapping[str, Quality]
    """The detector, and the detector with each option switched off."""
    components: Mapping[str, tuple[Value, Value]]
    """VUS-PR that is lost without each component, ``None`` where that cannot be told, and that of each alone."""
    counts: Alarms
    strangeness: Floats


@dataclass(frozen=True)
class Alarms:
    """Alarms of a series at each threshold: all after the first 500 points, and those among the first thousand."""

    all: tuple[Count, ...] = (Count(),) * len(THRESHOLDS)
    young: tuple[Count, ...] = (Count(),) * len(THRESHOLDS)

    def __add__(self, other: Alarms) -> Alarms:
        return Alarms(
            tuple(map(Count.__add__, self.all, other.all)), tuple(map(Count.__add__, self.young, other.young))
        )


def quality(series: Series, score: Floats) -> Quality:
    """Judge a score after the start of a series: NaN counts as 0, values are cut at 1e9."""
    labels = series.labels[series.burn :]
    judged = np.minimum(np.nan_to_num(score), 1e9)[series.burn :]
    if not labels.any():
        return Quality(None, None)
    return Quality(vus(labels, judged, series.window)[0], event_f1(labels, judged))


def alarms(series: Series, p_value: Floats) -> Alarms:
    """Count the alarms at each threshold; the first thousand points only of a series without an event in them."""
    young = [count_young(p_value, at) for at in THRESHOLDS] if not series.labels[:1000].any() else Alarms().young
    return Alarms(tuple(count(series.labels, p_value, at) for at in THRESHOLDS), tuple(young))


def judge_ours(series: Series) -> Judged:
    """Run the detector as it comes, with each option off, and its components."""
    found = ours.detect(series.x)
    rows = {OURS: quality(series, found.score)}
    for option in ours.switches():
        rows[f"{option}=False"] = quality(series, ours.score_with({option: False})(series.x))
    lost = lost_without(series, found)
    components = {name: (lost.get(name), quality(series, part).vus) for name, part in found.parts.items()}
    return Judged(rows, components, alarms(series, found.p_value), -np.log(found.p_value))


def lost_without(series: Series, found: ours.Found) -> dict[str, Value]:
    """Return the VUS-PR that is lost without each component of the score.

    It is told from a score that is put together again from the components. Nothing is told where that is another one:
    where its VUS-PR is off by more than .005, or components of it are not there.
    """
    if not set(found.parts) >= combination.COMPONENTS:
        return {}
    character = combination.character(found.parts, found.score)
    left_out = [(), *((name,) for name in combination.COMPONENTS)]
    score, whole, *without = (
        quality(series, each).vus
        for each in (found.score, *(combination.score_of(found.parts, character, names) for names in left_out))
    )
    if score is None or whole is None or abs(score - whole) > TOLERANCE:
        return {}
    pairs = zip(combination.COMPONENTS, without)
    return {name: whole - value for name, value in pairs if value is not None}


def judge_peer(name: str, series: Series) -> tuple[tuple[Quality, Floats], tuple[Quality, Floats]]:
    """Judge a peer's score and its trailing mean of 8; the season is told that the series shows as a whole."""
    x = filled(series.x)
    score = np.minimum(np.nan_to_num(peers.scorer(name)(x, told(x))), 1e9)
    smooth = trailing_mean(score)
    return (quality(series, score), score), (quality(series, smooth), smooth)


def trailing_mean(score: Floats, length: int = 8) -> Floats:
    """Mean of the last 8 values, of fewer at the start."""
    sums = np.cumsum(np.r_[0.0, score])
    t = np.arange(1, len(score) + 1)
    first = np.maximum(t - length, 0)
    return (sums[t] - sums[first]) / (t - first)
