"""Judge the detector, its components and its peers on the same series. See README.md in this folder."""

from __future__ import annotations

import argparse
import functools
import multiprocessing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from anet_lite import StreamDetector
from detection import files, ours, peers
from detection.cost import cost
from detection.judge import OURS, Alarms, alarms, judge_ours, judge_peer
from detection.measures.nab_score import nab_score
from detection.report.figures import Figures
from detection.series import Series, healthy, sines, synth

if TYPE_CHECKING:
    from multiprocessing.pool import Pool

NAB = "NAB"
HEALTHY_SEEDS = 3


def main() -> None:
    """Read the arguments, run, and write the figures as JSON after each step."""
    arguments = _arguments()
    figures = Figures(arguments.out)
    sets = {"sines of 50": synth(0) + synth(1)}
    sets |= {path.stem: files.from_npz(path) for path in arguments.npz}
    sets |= {name: files.FOLDERS[name](Path(folder)) for name, _, folder in arguments.folder}
    own = {f"sines of {period}": sines(period, 0) for period in (120, 288, 1000)}
    names, figures.missing = ([], {}) if arguments.no_peers else peers.installed()
    time_all(names, figures)
    with multiprocessing.get_context("spawn").Pool(arguments.jobs) as pool:
        false_alarms(pool, figures)
        for name, series in {**sets, **own}.items():
            run_ours(pool, name, series, figures)
        for peer in names:
            for name, series in sets.items():
                run_peer(pool, peer, name, series, figures)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="file for the figures")
    parser.add_argument("--npz", type=Path, action="append", default=[], help="a set of series, may be repeated")
    parser.add_argument(
        "--folder", action="append", default=[], type=lambda text: text.partition("="),
        help=f"NAME=FOLDER of a published benchmark, may be repeated: {', '.join(files.FOLDERS)}",
    )  # fmt: skip
    parser.add_argument("--no-peers", action="store_true", help="the detector alone")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    return parser.parse_args()


def run_ours(pool: Pool, name: str, series: list[Series], figures: Figures) -> None:
    """Judge the detector on a set: with each option off, by component, its alarms, and on NAB its own score."""
    judged = pool.map(judge_ours, series, chunksize=1)
    for row in judged[0].rows:
        figures.record(row, name, [each.rows[row] for each in judged])
    for component in judged[0].components:
        figures.record_component(component, name, [each.components[component] for each in judged])
    figures.record_alarms(name, sum((each.counts for each in judged), Alarms()))
    if name == NAB:
        figures.nab[OURS] = nab_score(series, [each.strangeness for each in judged])
    figures.write()


def run_peer(pool: Pool, peer: str, name: str, series: list[Series], figures: Figures) -> None:
    """Judge a peer on a set, by the better of its score and its trailing mean of 8, as is usual."""
    longest = peers.ALL[peer].longest
    if longest is not None and max(len(one.x) for one in series) > longest:
        return
    judged = pool.map(functools.partial(judge_peer, peer), series, chunksize=1)
    qualities = [[each[way][0] for each in judged] for way in (0, 1)]
    figures.record(
        peer, name, max(qualities, key=lambda each: np.mean([one.vus for one in each if one.vus is not None]))
    )
    if name == NAB:
        figures.nab[peer] = max(nab_score(series, [each[way][1] for each in judged]) for way in (0, 1))
    figures.write()


def false_alarms(pool: Pool, figures: Figures) -> None:
    """Count false alarms of streams without an event, over three seeds."""
    streams = [(name, x) for seed in range(HEALTHY_SEEDS) for name, x in healthy(seed).items()]
    for (name, _), found in zip(streams, pool.map(_healthy_alarms, [x for _, x in streams])):
        figures.record_false(name, found)
    figures.write()


def _healthy_alarms(x: np.ndarray) -> Alarms:
    p_value = StreamDetector().push_many(x, parts=False).p_value
    return alarms(Series("", x, np.zeros(len(x), bool), 0, 0), p_value)


def time_all(names: list[str], figures: Figures) -> None:
    """Time everything before other processes run."""
    figures.us[OURS] = cost(ours.score_with({}))
    figures.us |= {f"{option}=False": cost(ours.score_with({option: False})) for option in ours.switches()}
    for name in names:
        slow = peers.ALL[name].longest is not None
        scorer = peers.scorer(name)
        figures.us[name] = cost(lambda x, scorer=scorer: scorer(x, 50), 4000 if slow else 5000, scorer)
    figures.write()


if __name__ == "__main__":
    main()
