from __future__ import annotations

import numpy as np
import pytest

from failure_zoo.monitors import watched
from failure_zoo.runs import Failing
from failure_zoo.second.faults import KINDS
from failure_zoo.second.recipes import RECIPES
from failure_zoo.second.runs import evaluated, load, shown
from failure_zoo.second.table import overfits
from failure_zoo.second.train import AFTER, CALM, FIRST, SEEDS, failing, plans, step
from failure_zoo.trainer import Trainer
from failure_zoo.truth import healthy_ends, off


def test_the_second_zoo_is_as_large_as_it_says():
    zoo = load()
    assert (len(zoo.healthy), len({run.recipe for run in zoo.healthy})) == (66, 11)
    assert (len(zoo.restored), len(zoo.failing)) == (48, 288)
    assert all(sum(run.fault == kind for run in zoo.failing) == 12 for kind in KINDS)


def test_both_parts_hold_runs_of_every_kind_that_is_not_held_out():
    zoo = load()
    assert sum(run.held_out for run in zoo.healthy) == 42
    assert len({run.fault for run in zoo.failing if not run.held_out}) == 18
    assert {run.fault for run in zoo.failing if run.held_out} == set(KINDS)


def test_a_failing_run_is_its_twin_up_to_the_onset():
    for run in load().failing:
        assert np.array_equal(run.rows[: run.onset], run.twin[: run.onset], equal_nan=True)
        assert len(run.rows) == run.onset + AFTER <= len(run.twin)


@pytest.mark.parametrize("name", ["text_by_heart", "grpo_letters"])
def test_the_trainer_reproduces_the_recorded_series(name: str):
    recorded = next(run.rows for run in load().healthy if (run.recipe, run.seed) == (name, SEEDS[0]))
    trainer = Trainer(next(recipe for recipe in RECIPES if recipe.name == name), SEEDS[0])
    rows = np.asarray([step(trainer) for _ in range(40)])[:, : recorded.shape[1]]
    assert rows == pytest.approx(recorded[:40], rel=0.02, abs=1e-6)


def test_a_fault_that_comes_again_has_a_twin_that_was_restored():
    recipe = next(recipe for recipe in RECIPES if recipe.name == "mlp_adam")
    plan = next(p for due in plans().values() for p in due if p.kind == "again_labels")
    runs = failing(Trainer(recipe, 0), plan, 0)
    assert sorted(len(rows) for rows in runs.values()) == [AFTER, FIRST + CALM + AFTER]


def test_a_text_by_heart_is_worse_on_unseen_texts_and_much_text_is_not():
    few, many = (
        [losses[np.isfinite(losses)] for _, losses in evaluated(name)] for name in ("text_by_heart", "text_plenty")
    )
    assert all(losses[-1] > 2 * losses.min() for losses in few)
    assert all(losses[-1] < 1.05 * losses.min() for losses in many)


def test_a_run_that_ends_far_above_its_twin_is_off_and_one_that_still_falls_is_not():
    twin = np.linspace(2, 1, 400)[:, None]
    flat = Failing("", 0, "", 100, np.where(np.arange(400) < 100, twin[:, 0], 2.5)[:, None], twin, None)
    slow = Failing("", 0, "", 100, np.linspace(2, 1.6, 400)[:, None], twin, None)
    assert [off(run, [(run.rows[:, 0], run.twin[:, 0])]) for run in (flat, slow)] == [True, False]


def test_a_collapse_is_off_on_the_other_side():
    run = next(run for run in load().failing if run.fault == "flipped_loss")
    assert off(run, shown(run.fault, run.rows, run.twin))
    assert not off(run, shown(run.fault, run.rows, run.twin)[:1])


def test_the_last_word_on_healthy_runs_is_right():
    ends = healthy_ends(load().healthy)
    assert sum(status for status, _ in ends) >= 0.97 * len(ends)
    assert sum(verdict for _, verdict in ends) >= 0.97 * len(ends)


def test_after_a_restored_checkpoint_all_is_well_again():
    for run in load().restored:
        assert len(run.rows) == run.restored + CALM + AFTER
        before, after = run.rows[run.restored - FIRST - 64 : run.restored - FIRST, 0], run.rows[run.restored :, 0]
        assert np.median(after[:64]) < 1.15 * np.median(before)


def test_a_policy_that_breaks_is_told_by_the_signal_that_shows_it():
    shown = {"reward_collapse": {"reward"}, "entropy_collapse": {"entropy"}, "kl_runaway": {"kl", "entropy"}}
    for kind, signals in shown.items():
        run = next(run for run in load().failing if run.fault == kind)
        assert signals & {alarm.signal for alarm in watched(run.rows)[1] if alarm.row >= run.onset}


def test_overfitting_is_told_of_texts_by_heart_alone():
    few, many = (
        [overfits(rows, losses) for rows, losses in evaluated(name)] for name in ("text_by_heart", "text_plenty")
    )
    assert None not in few
    assert set(many) == {None}
