"""The tables of the second zoo."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from anet_lite import Monitor
from failure_zoo.monitors import causes_named, monitor
from failure_zoo.runs import COLUMNS, Array, Failing
from failure_zoo.score import Detector
from failure_zoo.second.faults import HELD_OUT, KINDS, PolicyFault
from failure_zoo.second.runs import Broken, Zoo, evaluated, load, shown
from failure_zoo.second.train import AFTER, CALM, FIRST
from failure_zoo.tables import HEAD, Part, scored
from failure_zoo.truth import broken_ends, healthy_ends, off, told

#: Which causes are right for a kind.
RIGHT = {
    "target_leak": {"target_leak"},
    "same_batch": {"repeated_data", "learnt_by_heart"},
    "flipped_loss": {"flipped_sign"},
    "zero_targets": {"targets_gone"},
    "rescaled_loss": {"loss_rescaled"},
    "huge_decay": {"weight_decay"},
    "frozen_block": {"no_gradient", "not_updated", "vanishing"},
    "no_step": {"not_updated"},
    "zero_grad_missing": {"gradients_pile_up"},
    "early_rate": {"rate_too_high"},
    "early_labels": {"data_changed"},
    "early_noise": {"gradient_corrupted"},
    "early_ascent": {"wrong_direction", "flipped_sign"},
    "early_input": {"data_changed"},
    "early_flip": {"weights_overwritten"},
    "early_dead": {"vanishing", "no_gradient", "weights_overwritten"},
    "again_rate": {"rate_too_high"},
    "again_labels": {"data_changed"},
    "again_input": {"data_changed"},
    "again_ascent": {"wrong_direction", "flipped_sign"},
    "entropy_collapse": {"policy_collapse"},
    "reward_collapse": {"policy_collapse"},
    "kl_runaway": {"reward_hacked", "policy_collapse"},
    "advantage_flipped": {"policy_collapse"},
}
#: Kinds that are told together.
GROUPS = {
    "early": [kind for kind in KINDS if kind.startswith("early_")],
    "again": [kind for kind in KINDS if kind.startswith("again_")],
    "policies": [name for name, kind in KINDS.items() if issubclass(kind.fault, PolicyFault)],
    "all": list(KINDS),
}


def parts() -> tuple[Part, Part]:
    """The tuning part and the held-out part."""
    zoo = load()
    made = [
        Part(name, [r for r in zoo.healthy if r.held_out == held], [r for r in zoo.failing if r.held_out == held])
        for name, held in (("tuning", False), ("held-out", True))
    ]
    return made[0], made[1]


def section(detectors: dict[str, Detector]) -> list[str]:
    """All tables of the second zoo."""
    zoo = load()
    return [
        "## The second zoo",
        "",
        f"{len(zoo.healthy)} healthy runs of {len({r.recipe for r in zoo.healthy})} recipes, among them transformers "
        "with much text and with so little that they know it by heart, and policy gradients, whose reward, divergence "
        f"and entropy are told beside the five signals; {len(zoo.failing)} failing runs of {len(KINDS)} kinds, each "
        f"{AFTER} steps long from its onset on. `early_`: from a step between 10 and 150 on. `again_`: the same fault, "
        f"or a larger one, for the second time, {CALM} steps after a first one of {FIRST} steps, which a checkpoint "
        f"made undone. Held out: {', '.join(sorted(HELD_OUT))}, and recipes and seeds as above.",
        "",
        *HEAD,
        *scored(detectors, *parts())[0],
        "",
        "Both parts. Visible: of the runs whose loss visibly rises or collapses, or a policy's signal does. The last "
        "word is judged as above, on the runs that are visibly off at their end, on either side.",
        "",
        *kinds(),
        "",
        *_well(zoo),
        "",
        *_overfitting(),
    ]


def _well(zoo: Zoo) -> list[str]:
    """The last word on runs in which nothing is wrong, and the alarms after a restored checkpoint."""
    steps = sum(len(run.rows) - run.restored for run in zoo.restored)
    alarms = sum(row >= run.restored for run in zoo.restored for row in monitor(5)(run.rows))
    healthy, restored = (" and ".join(told(healthy_ends(runs))) for runs in (zoo.healthy, zoo.restored))
    return [
        f"Right at the end of healthy runs are {healthy}; of runs with the first fault alone {restored}, and in their "
        f"{steps:,} steps after it {alarms} incidents open."
    ]


def _overfitting() -> list[str]:
    """What is told of the loss of unseen texts."""
    few, many = ([overfits(*run) for run in evaluated(name)] for name in ("text_by_heart", "text_plenty"))
    rows = [row for row in few if row is not None]
    return [
        f"With the loss of unseen texts every 25 steps, `overfit` is told of {len(rows)} of {len(few)} runs that know "
        f"few texts by heart, the median at step {np.median(rows):g}, where it has its best at step "
        f"{np.median([_best(losses) for _, losses in evaluated('text_by_heart')]):g}; and of "
        f"{sum(row is not None for row in many)} of {len(many)} with many texts."
    ]


def overfits(rows: Array, losses: Array) -> int | None:
    """The first row in which a monitor tells of overfitting."""
    columns = dict(zip(COLUMNS, rows.T)) | {"eval_loss": [x if np.isfinite(x) else None for x in losses.tolist()]}
    told = Monitor().update_many(columns).alarms
    return next((alarm.row for alarm in told if alarm.rule == "overfit"), None)


def _best(losses: Array) -> int:
    return int(np.nanargmin(losses))


def kinds() -> list[str]:
    """By kind: what is found, how late, with which cause, and whether the last word is right."""
    lines = [
        "| kind | runs | all signals | within 20 | loss alone | visible | rows to the alarm | first cause right "
        "| status at the end right | verdict right |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    found = {kind: [_found(run) for run in load().failing if run.fault == kind] for kind in KINDS}
    for name, chosen in GROUPS.items():
        found[f"**{name}**"] = [each for kind in chosen for each in found[kind]]
    return lines + [_line(kind, each) for kind, each in found.items()]


class Found(NamedTuple):
    """What is made of a failing run."""

    wait: int | None
    alone: int | None
    visible: bool
    named: bool | None
    """Whether the first cause is right; None without an alarm."""
    last: list[tuple[bool, bool]]
    """Whether status and verdict are right, of a run that is off at its end."""


def _found(run: Broken) -> Found:
    causes = causes_named(run, 16)
    last = broken_ends([run] if off(run, shown(run.fault, run.rows, run.twin)) else [])
    named = causes[0] in RIGHT[run.fault] if causes else None
    return Found(_wait(monitor(5), run), _wait(monitor(1), run), run.broken is not None, named, last)


def _line(name: str, found: list[Found]) -> str:
    waits = [each.wait for each in found if each.wait is not None]
    visible = [each.wait is not None for each in found if each.visible]
    named = [each.named for each in found if each.named is not None]
    cells = [len(found), len(waits), sum(wait < 20 for wait in waits), sum(each.alone is not None for each in found)]
    cells += [f"{sum(visible)}/{len(visible)}", f"{np.median(waits):g}" if waits else "-", f"{sum(named)}/{len(named)}"]
    return f"| {name} | {' | '.join(map(str, [*cells, *told([each for one in found for each in one.last])]))} |"


def _wait(detector: Detector, run: Failing) -> int | None:
    """Rows from the onset to the first incident that opens after it."""
    return next((row - run.onset for row in detector(run.rows) if row >= run.onset), None)
