"""How early the alarm of the demo's run comes, over seeds: one seed alone may flatter."""

from __future__ import annotations

from typing import NamedTuple

from anet_lite.cli.demo.experiment import run_experiment
from anet_lite.cli.demo.model import CALM_UNTIL

SEEDS = 20


class Lead(NamedTuple):
    """One run and its healthy twin. Steps are counted from 1."""

    seed: int
    alarm: int
    """The first alarm after the rate began to grow."""
    broke: int
    false: int
    """Alarms before the rate began to grow."""
    twin: int
    """Steps of the twin with an alarm."""


def lead(seed: int) -> Lead:
    """Train the demo's run and its twin, and watch both."""
    experiment = run_experiment(seed)
    rang = [snap.step for snap in experiment.snapshots if snap.alarms]
    alarm = next(step for step in rang if step > CALM_UNTIL)
    return Lead(seed, alarm, experiment.broke, sum(step <= CALM_UNTIL for step in rang), experiment.twin_alarms)


def table(leads: list[Lead]) -> list[str]:
    """Return the page of all seeds."""
    return [
        "# How early the demo's alarm comes",
        "",
        "Written by `make front-page`: the run of `anet-lite demo`, whose learning rate grows by 1 % a step from step",
        f"{CALM_UNTIL} on, and its healthy twin, with other seeds. An alarm before the rate grows, or of the twin, is",
        "false.",
        "",
        "| seed | alarm at step | loss broke at | steps before | false alarms before | steps of the twin with one |",
        "|---|---|---|---|---|---|",
        *(f"| {x.seed} | {x.alarm} | {x.broke} | {x.broke - x.alarm} | {x.false} | {x.twin} |" for x in leads),
    ]
