"""What is said of a run when it is over: the monitor's status after its last row, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from anet_lite.verdict import judge
from failure_zoo.monitors import watched
from failure_zoo.recipes import CHANGES
from failure_zoo.runs import Array, Failing, Healthy

if TYPE_CHECKING:
    from failure_zoo.tables import Part

#: Rows at the end that are compared with the twin's, and those of which none may be infinite or NaN.
END, FINITE = 64, 32
#: Rows before the onset, above whose median a run ends that is off.
PAST = 16
#: A status and a verdict that are right for a run which is healthy at its end, and wrong for a broken one.
WELL, WELL_SAID = {"healthy", "warming_up"}, {"healthy", "recovered", "no_progress", "not_judged"}


class End(NamedTuple):
    """The last word on a run."""

    status: str
    verdict: str


def end(rows: Array) -> End:
    """What the monitor and the verdict say of a run."""
    monitor, alarms = watched(rows)
    incidents = {alarm.incident for alarm in alarms}
    given = np.ones(len(rows), bool)
    collapses = [alarm.row for alarm in alarms if alarm.rule == "collapse"]
    verdict = judge((rows[:, 0], given), (rows[:, 1], given), len(incidents), collapses=collapses)
    return End(monitor.status, verdict.kind)


def off(run: Failing, shown: Iterable[tuple[Array, Array]]) -> bool:
    """Whether a run is visibly off at its end, by what shows it: not finite, or far above its twin and its own past.

    Far above its twin: by half of the twin's own size, and by six standard deviations of the difference of two healthy
    means. Above its past: above the 16 rows before the onset, since what still falls may as well learn slowly.
    """
    return any(_above(series, twin[: len(series)], run.onset) for series, twin in shown)


def _above(series: Array, twin: Array, onset: int) -> bool:
    if not np.isfinite(series[-FINITE:]).all():
        return True
    now, calm = float(np.nanmedian(series[-END:])), float(np.mean(twin[-END:]))
    noise = float(np.std(twin[-END:])) * np.sqrt(2 / END)
    past = float(np.median(series[max(0, onset - PAST) : onset]))
    return now - calm > max(6 * noise, 0.5 * abs(calm)) and now > past


def loss_up(run: Failing) -> list[tuple[Array, Array]]:
    """What shows the faults of the first zoo: a loss that is too high."""
    return [(run.rows[:, 0], run.twin[:, 0])]


def healthy_ends(runs: Iterable[Healthy]) -> list[tuple[bool, bool]]:
    """Of each healthy run, whether status and verdict are right."""
    ends = [end(run.rows) for run in runs]
    return [(status in WELL, verdict in WELL_SAID) for status, verdict in ends]


def broken_ends(runs: Iterable[Failing]) -> list[tuple[bool, bool]]:
    """Of each run that is off at its end, whether status and verdict are right."""
    ends = [end(run.rows) for run in runs]
    return [(status not in WELL, verdict not in WELL_SAID) for status, verdict in ends]


def told(rights: list[tuple[bool, bool]]) -> list[str]:
    """How often each is right, as cells of a table."""
    return [f"{sum(right[at] for right in rights)}/{len(rights)}" for at in (0, 1)]


def section(tuning: Part, held: Part) -> list[str]:
    """How often the last word on the runs of the first zoo is right."""
    lines = [
        "## The last word",
        "",
        "The monitor's status after the last row, with all signals and one asked, and the verdict on the whole run. "
        f"Right for a healthy run: {_or(WELL)}; {_or(WELL_SAID)}; recipes that change under way are left out. Right "
        f"for a run that is off at its end: any other. Off: losses that are not finite in the last {FINITE} rows, or "
        "far above the twin's and above those before the onset.",
        "",
        "| runs | status right | verdict right |",
        "|---|---|---|",
    ]
    for part in (held, tuning):
        steady = healthy_ends(run for run in part.healthy if run.recipe not in CHANGES)
        lost = broken_ends(run for run in part.failing if off(run, loss_up(run)))
        lines += [f"| healthy, {part.name} | {' | '.join(told(steady))} |"]
        lines += [f"| off at the end, {part.name} | {' | '.join(told(lost))} |"]
    return lines


def _or(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in sorted(words))
