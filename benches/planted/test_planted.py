"""The cases themselves: what is planted stands where it should, and nothing else is changed."""

from __future__ import annotations

import numpy as np
import pytest

from planted import divergence, formulas, idle, steps
from planted.watched import COLUMNS, rate, within


def recorded(rows: int = 1200) -> np.ndarray:
    """Return rows whose loss is the row, and whose step is too."""
    made = np.ones((rows, len(COLUMNS)))
    made[:, COLUMNS.index("loss")] = made[:, COLUMNS.index("step")] = np.arange(rows)
    return made


def test_a_planted_break_lifts_the_loss_by_twice_its_start_and_the_gradient_by_30():
    rows = recorded()
    signals = divergence.planted(rows, 40, ("loss", "grad_norm"))
    assert signals["loss"][39] == 39
    assert signals["loss"][40] == 40 + 2 * 3.5
    assert signals["grad_norm"][[39, 40, -1]].tolist() == [1, 30, 30]
    assert rows[40, 0] == 40, "the recorded run is changed"


def test_a_resumed_run_sees_the_same_steps_again_in_another_order():
    signals = steps.resumed(recorded(), back=100, factor=2.0, seed=0)
    assert signals["step"][[799, 800, -1]].tolist() == [799, 700, 1099]
    again = signals["loss"][800:] / 2
    assert sorted(again) == list(range(700, 1100))
    assert 0 < np.abs(again - np.arange(700, 1100)).max() < steps.SHUFFLED


def test_the_second_rise_begins_in_row_1450():
    loss = formulas.second_rise(0)
    assert len(loss) == 2250
    assert loss[1449] < 12 < loss[1450]


def test_idle_signals_waver_by_a_tenth():
    made = idle.Idle(np.random.default_rng(0))
    assert np.log(made.level(10_000)).std() == pytest.approx(0.1, rel=0.05)
    assert np.log(made.norm(np.full(10_000, 3e-3)) / 3e-3).std() == pytest.approx(0.1, rel=0.05)


def test_a_first_alarm_is_looked_for_from_the_onset_on():
    signals = {"loss": np.random.default_rng(0).normal(1.0, 0.1, 1200)}
    signals["loss"][[20, 900]] = np.nan
    assert idle.first_alarm(signals, 0, []) == 20
    assert idle.first_alarm(signals, 500, []) == 900


def test_two_rows_later_is_as_soon_and_never_is_counted():
    assert idle._as_soon([(5, 7), (5, 8), (5, None)]) == "1 of 3 (1 never)"


def test_rates_are_per_10_000_rows():
    assert rate([0, 2, 1], 30_000) == "1.00 (2 of 3 runs ring)"


def test_the_window_begins_in_the_row_itself():
    assert [within([row], 100, 64) for row in (99, 100, 163, 164)] == [False, True, True, False]


def test_a_run_that_is_not_finite_is_stopped():
    assert formulas._is_stopped(np.array([1.0, np.nan]))
    assert not formulas._is_stopped(np.array([1.0, 1.1]))
