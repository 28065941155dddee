from __future__ import annotations

import numpy as np
import pytest

from failure_zoo import groups
from failure_zoo.first_steps import KINDS, Known, recorded
from failure_zoo.monitors import announced, monitor
from failure_zoo.opponents import QUIET, quiet_five
from failure_zoo.recipes import RECIPES
from failure_zoo.rescue import NEARER, chosen, outcome
from failure_zoo.runs import load
from failure_zoo.score import incidents, poisson_interval, score
from failure_zoo.tables import ANNOUNCED, UNLIKE
from failure_zoo.trainer import Trainer


def test_the_zoo_is_as_large_as_it_says():
    healthy, failing = load()
    assert (len(healthy), len({run.recipe for run in healthy})) == (420, 42)
    assert (len(failing), len({run.fault for run in failing})) == (300, 25)
    assert all(len({r.seed for r in healthy if r.recipe == recipe.name}) == 10 for recipe in RECIPES)


def test_a_failing_run_is_its_twin_up_to_the_onset():
    _, failing = load()
    assert all(np.array_equal(run.rows[: run.onset], run.twin[: run.onset]) for run in failing)


def test_the_trainer_reproduces_the_recorded_series():
    healthy, _ = load()
    for name in ("mlp_adam", "gru_adam", "q_learning"):
        recorded = next(run.rows for run in healthy if run.recipe == name and run.seed == 0)
        trainer = Trainer(next(recipe for recipe in RECIPES if recipe.name == name), 0)
        assert np.asarray([trainer.step() for _ in range(40)]) == pytest.approx(recorded[:40], rel=0.02, abs=1e-6)


def test_the_monitor_keeps_its_recall_and_its_promise_on_the_held_out_part():
    healthy, failing = load()
    known = ANNOUNCED | UNLIKE
    result = score(
        monitor(5),
        [run for run in healthy if run.held_out and run.recipe not in known],
        [run for run in failing if run.held_out and run.fault != "no_warm_up"],
    )
    assert result.recall > 0.92
    assert result.visible > 0.97
    assert result.luck < 0.04
    assert result.rate < 1


def test_changes_that_are_announced_are_quiet():
    healthy, _ = load()
    assert not any(announced(run) for run in healthy if run.recipe in ANNOUNCED)


def test_with_a_reference_bad_first_steps_are_seen_and_good_ones_are_quiet():
    known = Known()
    runs = recorded()
    assert known.seen(runs, 1) > 0.85 * len(runs)
    assert known.false_alarms(1) <= 12  # in 107,520 steps; eight are of rules that need no reference


def test_the_trainer_reproduces_bad_first_steps():
    run = next(run for run in recorded() if run.recipe == "conv_adam")
    trainer = Trainer(next(recipe for recipe in RECIPES if recipe.name == run.recipe), run.seed)
    trainer.fault = KINDS[run.kind](trainer)
    assert np.asarray([trainer.step() for _ in range(20)]) == pytest.approx(run.rows[:20], rel=0.02, abs=1e-6)


def test_a_frozen_matrix_is_seen_by_its_group_and_named():
    _, failing = groups.load()
    run = next(run for run in failing if run.fault == "frozen_part")
    alarms = [alarm for alarm in groups.alarms(run, grouped=True) if alarm.row >= run.onset]
    assert alarms[0].groups == [run.part]


def test_the_groups_are_what_the_trainer_gives():
    healthy, _ = groups.load()
    run = next(run for run in healthy if run.recipe == "regression_adam")
    trainer = Trainer(next(recipe for recipe in RECIPES if recipe.name == run.recipe), 0)
    assert np.asarray([groups.step(trainer) for _ in range(20)]) == pytest.approx(run.rows[:20], rel=0.02, abs=1e-6)


def test_the_quiet_five_fire_where_one_of_them_does():
    pytest.importorskip("river")
    _, failing = load()
    run = next(run for run in failing if run.fault == "nonfinite")
    each = [rule(run.rows) > line for rule, line in QUIET.items()]
    assert np.array_equal(quiet_five(run.rows) > 1, np.any(each, axis=0))
    assert np.any(each)


def test_a_policy_ends_nearer_the_healthy_twin():
    _, failing = load()
    ramp = next(r for r in chosen(failing) if (r.fault, r.recipe) == ("rate_ramp", "density_momentum"))
    kept = outcome(ramp).kept
    assert kept["lower_lr"] > kept["log_only"] + NEARER
    assert kept["rollback"] > kept["log_only"] + NEARER
    assert abs(1 - kept["rollback"]) < 0.2


def test_alarms_fifty_rows_apart_are_one_incident():
    alarms = np.zeros(200, bool)
    alarms[[10, 60, 120]] = True
    assert incidents(alarms) == [10, 120]


def test_the_interval_of_a_count_is_exact():
    assert poisson_interval(0) == pytest.approx((0, 3.6889), abs=1e-4)
    assert poisson_interval(22) == pytest.approx((13.787, 33.308), abs=1e-3)
