"""Lists where the monitor is wrong, run by run, to look at: ``python -m failure_zoo.misses``, with all signals."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from failure_zoo import runs
from failure_zoo.monitors import watched
from failure_zoo.recipes import CHANGES
from failure_zoo.runs import Array, Failing, Healthy
from failure_zoo.second import runs as second
from failure_zoo.truth import WELL, WELL_SAID, end, loss_up, off

Shown = Callable[[Failing], Iterable[tuple[Array, Array]]]


def healthy(chosen: Iterable[Healthy]) -> None:
    """The incidents of healthy runs, each with the rules that rang in it, and what is said of their end."""
    for run in chosen:
        opened: dict[int, list[str]] = {}
        for alarm in watched(run.rows)[1]:
            if alarm.incident >= getattr(run, "restored", 0):
                opened.setdefault(alarm.incident, []).append(f"{alarm.rule}@{alarm.row}")
        for row, rules in opened.items():
            print(f"false alarm: {run.recipe} {run.seed}, row {row}: {' '.join(rules[:6])}")
        last = end(run.rows)
        if last.status not in WELL or last.verdict not in WELL_SAID:
            print(f"healthy, ends {last.status}, verdict {last.verdict}: {run.recipe} {run.seed}")


def failing(chosen: Iterable[Failing], shown: Shown) -> None:
    """The visible failures that no incident tells, and those whose last word is wrong."""
    for run in chosen:
        alarms = watched(run.rows)[1]
        name = f"{run.fault}: {run.recipe} {run.seed}, from row {run.onset}"
        if run.broken is not None and not any(alarm.incident >= run.onset for alarm in alarms):
            told = [f"{alarm.rule}@{alarm.row} in {alarm.incident}" for alarm in alarms]
            print(f"unseen, broken at {run.broken}: {name}; alarms: {' '.join(told[-6:]) or 'none'}")
        last = end(run.rows)
        if off(run, shown(run)) and (last.status in WELL or last.verdict in WELL_SAID):
            print(f"off, ends {last.status}, verdict {last.verdict}: {name}")


if __name__ == "__main__":
    first_healthy, first_failing = runs.load()
    healthy(run for run in first_healthy if run.recipe not in CHANGES)
    failing((run for run in first_failing if run.fault != "no_warm_up"), loss_up)
    print("--- second zoo")
    zoo = second.load()
    healthy(zoo.healthy)
    print("--- restored")
    healthy(zoo.restored)
    print("--- failing")
    failing(zoo.failing, lambda run: second.shown(run.fault, run.rows, run.twin))
