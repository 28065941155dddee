"""Prints who finds the plain cases: ``python -m detection.plain [--out FILE] [--seeds 5] [--no-peers] [--jobs 2]``."""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from detection import peers, plain
from detection.plain.judge import judge_ours, judge_peer
from detection.plain.table import lines

if TYPE_CHECKING:
    from detection.measures.alarms import Count
    from detection.plain.case import Case

AS_IT_COMES, AS_TOLD = "as it comes", "with the option"


def main() -> None:
    """Judge each case, print the table, and write what was counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="a file for the counts, as JSON")
    parser.add_argument("--seeds", type=int, default=5, help="twins of each case")
    parser.add_argument("--no-peers", action="store_true", help="the detector alone")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    arguments = parser.parse_args()
    names, missing = ([], {}) if arguments.no_peers else peers.installed("plain")
    with ProcessPoolExecutor(arguments.jobs) as pool:
        works = [pool.submit(judge, case, range(arguments.seeds), names) for case in plain.CASES]
        rows = {case.name: work.result() for case, work in zip(plain.CASES, works)}
    figures = {"rows": rows, "seeds": arguments.seeds, "missing": missing}
    if arguments.out:
        arguments.out.write_text(json.dumps(figures, indent=1))
    print("\n".join(lines(figures)))


def judge(case: Case, seeds: range, names: list[str]) -> dict[str, object]:
    """Return what the detector and each peer find of a case, as JSON has it."""
    counts: dict[str, Count] = {AS_IT_COMES: judge_ours(case, seeds, {})}
    if case.options:
        counts[AS_TOLD] = judge_ours(case, seeds, case.options)
    counts |= {name: judge_peer(case, seeds, peers.scorer(name)) for name in names}
    options = {name: repr(value) for name, value in case.options.items()}
    return {"quiet": case.quiet, "options": options} | {name: vars(each) for name, each in counts.items()}


if __name__ == "__main__":
    main()
