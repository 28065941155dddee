"""Judge the detector, its parts and its peers on the same series. See README.md in this folder."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from anet_lite import StreamDetector
from detection import files, ours, peers
from detection.alarms import Count, count
from detection.nab_score import nab_score
from detection.series import Floats, Series, healthy, sines, synth
from detection.vus import vus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RESAMPLES = 2000
TIMED = 20_000
OURS = "**StreamDetector**"


def main() -> None:
    """Read the arguments, run, and write figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="file for the figures")
    parser.add_argument("--nab", type=Path, help="folder of the Numenta Anomaly Benchmark")
    parser.add_argument("--npz", type=Path, action="append", default=[], help="a set of series, may be repeated")
    parser.add_argument("--no-peers", action="store_true", help="the detector alone")
    arguments = parser.parse_args()
    sets = {"sines of 50": synth(0) + synth(1)}
    sets |= {path.stem: files.from_npz(path) for path in arguments.npz}
    if arguments.nab:
        sets["NAB"] = files.from_nab(arguments.nab)
    sine_sets = {f"sines of {period}": sines(period, 0) for period in (120, 288, 1000)}
    figures = {"vus": {}, "us": {}, "alarms": {}, "false": false_alarms(), "nab": {}}
    for name, series in {**sets, **sine_sets}.items():
        judge_ours(name, series, figures)
    figures["us"] |= {OURS: cost(lambda x: StreamDetector().push_many(x, parts=False).score)}
    figures["us"] |= {"without tokens": cost(lambda x: StreamDetector(tokens=False).push_many(x, parts=False).score)}
    found, figures["missing"] = ({}, {}) if arguments.no_peers else peers.installed()
    for peer, scorer in found.items():
        short = scorer is peers.stumpi
        figures["us"][peer] = cost(scorer, 4000 if short else TIMED // 4)
        for name, series in sets.items():
            if not short or max(len(one.x) for one in series) <= peers.SHORT:
                judge_peer(peer, scorer, name, series, figures)
        arguments.out.write_text(json.dumps(figures, indent=1))
    arguments.out.write_text(json.dumps(figures, indent=1))


def judge_ours(name: str, series: Sequence[Series], figures: dict) -> None:
    """VUS-PR with and without each part, alarms, and on NAB its own score."""
    found = [ours.detect(one.x) for one in series]
    rows = {OURS: [one.score for one in found]}
    rows |= {row: [ours.score_without(one, parts) for one in found] for row, parts in ours.WITHOUT.items()}
    for row, scores in rows.items():
        record(figures, row, name, [_vus(one, score) for one, score in zip(series, scores)])
    counts = [count(one.labels, each.p_value) for one, each in zip(series, found)]
    figures["alarms"][name] = vars(sum(counts, Count(0, 0, 0, 0)))
    if name == "NAB":
        figures["nab"][OURS] = nab_score(series, [-np.log(each.p_value) for each in found])


def judge_peer(peer: str, scorer: peers.Scorer, name: str, series: Sequence[Series], figures: dict) -> None:
    """VUS-PR, the better of the score and its trailing mean of 8, as is usual; on NAB its own score."""
    scores = [np.minimum(np.nan_to_num(scorer(one.x)), 1e9) for one in series]
    smooth = [trailing_mean(score) for score in scores]
    better = max(([_vus(*pair) for pair in zip(series, each)] for each in (scores, smooth)), key=_mean)
    record(figures, peer, name, better)
    if name == "NAB":
        figures["nab"][peer] = max(nab_score(series, scores), nab_score(series, smooth))


def record(figures: dict, row: str, name: str, values: Sequence[float | None]) -> None:
    """Note the mean over labelled series and its 95 % interval."""
    known = np.array([value for value in values if value is not None])
    picks = np.random.default_rng(0).integers(0, len(known), (RESAMPLES, len(known)))
    low, high = np.quantile(known[picks].mean(axis=1), [0.025, 0.975])
    figures["vus"].setdefault(row, {})[name] = [float(known.mean()), float(low), float(high)]
    print(f"{row:40} {name:16} {known.mean():.3f}  [{low:.2f}, {high:.2f}]", flush=True)


def _vus(series: Series, score: Floats) -> float | None:
    labels = series.labels[series.burn :]
    judged = np.minimum(np.nan_to_num(score), 1e9)[series.burn :]
    return vus(labels, judged, series.window)[0] if labels.any() else None


def _mean(values: Sequence[float | None]) -> float:
    return float(np.mean([value for value in values if value is not None]))


def trailing_mean(score: Floats, length: int = 8) -> Floats:
    """Mean of the last 8 values, of fewer at the start."""
    sums = np.cumsum(np.r_[0.0, score])
    t = np.arange(1, len(score) + 1)
    first = np.maximum(t - length, 0)
    return (sums[t] - sums[first]) / (t - first)


def false_alarms() -> dict[str, float]:
    """Count false alarms in 10,000 points of streams without an event, over three seeds."""
    totals: dict[str, Count] = {}
    for seed in range(3):
        for name, x in healthy(seed).items():
            found = StreamDetector().push_many(x, parts=False)
            totals[name] = totals.get(name, Count(0, 0, 0, 0)) + count(np.zeros(len(x), bool), found.p_value)
    return {name: total.false_rate for name, total in totals.items()}


def cost(scorer: Callable[[Floats], Floats], points: int = TIMED) -> float:
    """Microseconds of processor time a point, best of three after a warm-up."""
    x = np.sin(np.arange(points) / 8) + 0.1 * np.random.default_rng(0).standard_normal(points)
    scorer(x[:2048])
    times = []
    for _ in range(3):
        start = time.process_time()
        scorer(x)
        times.append(time.process_time() - start + getattr(scorer, "elsewhere", 0.0))
    return 1e6 * min(times) / points


if __name__ == "__main__":
    main()
