"""``anet-lite demo``: an honest network, one rule for what moved, and a report of what was found."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import command_line
from anet_lite import Monitor, explain, snapshot
from anet_lite.cli.demo import experiment, model
from anet_lite.cli.demo.metrics.calm_range import MARGIN, PATIENCE, calm_range
from anet_lite.cli.demo.metrics.snapshots import FIRST, METRICS, REFERENCE, WINDOW
from anet_lite.cli.demo.watch import TWO_LINES, watch


@pytest.fixture(scope="module")
def shown() -> experiment.Experiment:
    return experiment.run_experiment(0)


def test_gradient_is_the_slope_of_the_loss() -> None:
    random = np.random.default_rng(1)
    weights = [random.normal(size=shape) for shape in ((model.INPUTS, model.HIDDEN), model.HIDDEN, model.HIDDEN, 1)]
    x, y = random.normal(size=(5, model.INPUTS)), random.normal(size=5)
    _, gradient = model.loss_and_gradient(weights, x, y)
    for part, slope in zip(weights, gradient):
        step = 1e-6 * random.normal(size=part.shape)
        np.add(part, step, out=part)
        above, _ = model.loss_and_gradient(weights, x, y)
        np.subtract(part, 2 * step, out=part)
        below, _ = model.loss_and_gradient(weights, x, y)
        np.add(part, step, out=part)
        assert above - below == pytest.approx(2 * float(np.sum(slope * step)), rel=1e-5)


def test_same_seed_same_run() -> None:
    once, again = model.train(3), model.train(3)
    assert np.array_equal(once.loss, again.loss)
    assert not np.array_equal(once.loss[:100], model.train(4).loss[:100])


def test_twin_is_the_same_run_without_the_growing_rate() -> None:
    run, twin = model.train(0), model.train(0, growth=1.0, steps=600)
    assert np.array_equal(run.loss[: model.CALM_UNTIL + 1], twin.loss[: model.CALM_UNTIL + 1])
    assert len(twin.loss) == 600
    assert twin.loss[-50:].mean() < 0.3 * twin.loss[0]


@pytest.mark.parametrize("seed", range(5))
def test_network_learns_and_then_breaks(seed: int) -> None:
    run = model.train(seed)
    assert run.loss[model.CALM_UNTIL - 50 : model.CALM_UNTIL].mean() < 0.3 * run.loss[0]
    assert run.loss[-1] > model.BROKEN_BEYOND * run.loss[0]
    assert np.all(run.rate[: model.CALM_UNTIL] == model.RATE)
    assert experiment.broke(run.loss) > model.CALM_UNTIL


def test_metrics_are_snapshots_of_the_trailing_window(shown: experiment.Experiment) -> None:
    run, step = shown.run, 500
    last = slice(step - WINDOW, step)
    snap = snapshot(run.loss[last], run.grad_norm[last], run.step_norm[last], run.noise[last], run.noise[REFERENCE])
    assert all(shown.metrics[name][step - 1] == getattr(snap, name) for name in METRICS)
    assert all(np.isnan(shown.metrics[name][: FIRST - 1]).all() for name in METRICS)


def wave(later: Any) -> Any:
    """Twenty calm values from 0 to 1, then others."""
    return np.concatenate([np.tile([0.0, 1.0], 10), later])


def test_moved_names_the_first_step_of_the_first_long_stay_outside() -> None:
    assert calm_range(wave([5.0] * 4 + [0.5] + [5.0] * 5), 1, 20).left == 26


def test_moved_needs_more_than_the_margin() -> None:
    assert calm_range(wave([1 + MARGIN] * 9), 1, 20).left is None
    assert calm_range(wave([-MARGIN - 0.01] * 9), 1, 20).left == 21


def test_nan_has_moved() -> None:
    assert calm_range(wave([np.nan] * PATIENCE), 1, 20).left == 21


def test_broke_is_where_the_loss_stays_above_its_start() -> None:
    assert experiment.broke(np.array([1.0, 0.5, 2.0, 0.5, 3.0, np.nan, 4.0])) == 5


@pytest.mark.parametrize("seed", range(5))
def test_monitor_fires_on_the_ramp_before_the_loss_breaks_and_never_on_the_twin(seed: int) -> None:
    result = experiment.run_experiment(seed)
    assert result.alarm is not None
    assert model.CALM_UNTIL < result.alarm.step < result.broke
    assert result.twin_alarms == 0
    assert [snap.step for snap in result.snapshots] == list(range(1, len(result.run.loss) + 1))


def test_monitor_sees_what_the_printed_loop_says(shown: experiment.Experiment) -> None:
    data, printed = list(shown.run.steps()), []
    loop = TWO_LINES.replace("...  # the training step", "loss, grad_norm, step_norm, noise, lr = batch")
    exec(f"{loop}    printed.append(repr(seen))", {"Monitor": Monitor, "data": data, "printed": printed})
    assert printed == [repr(snap) for snap in watch(shown.run)]


def test_report_has_the_loop_the_alarm_in_both_languages_and_the_lead(shown: experiment.Experiment) -> None:
    done = command_line.run("demo", "--no-plot")
    assert done.returncode == 0
    assert done.stderr == ""
    assert shown.alarm is not None
    assert TWO_LINES in done.stdout
    assert explain(shown.alarm).paragraph in done.stdout
    assert explain(shown.alarm, "ja").paragraph in done.stdout
    lead = shown.broke - shown.alarm.step
    assert f"The loss broke at step {shown.broke}, {lead} steps after the alarm" in done.stdout
    assert "The monitor was silent on a twin" in done.stdout
    assert "Drawn" not in done.stdout


def test_metrics_report_says_what_moved(shown: experiment.Experiment) -> None:
    done = command_line.run("demo", "--metrics", "--no-plot")
    assert done.returncode == 0
    assert f"The loss broke at step {shown.broke}:" in done.stdout
    for calm in shown.ranges.values():
        assert f"│ {calm.left or 'never'} " in done.stdout


@pytest.mark.parametrize("options", [(), ("--metrics",)])
def test_picture_is_drawn(tmp_path: Any, options: tuple[str, ...]) -> None:
    from matplotlib.image import imread

    picture = tmp_path / "demo.png"
    done = command_line.run("demo", "--output", str(picture), *options)
    assert f"Drawn: {picture}" in done.stdout
    assert imread(picture).std() > 0.05


def test_without_matplotlib_the_demo_says_so() -> None:
    done = command_line.run("demo", before="import sys; sys.modules['matplotlib'] = None")
    assert done.returncode == 0
    assert "Not drawn, matplotlib is missing: pip install 'anet-lite[plot]'" in done.stdout


def test_picture_that_cannot_be_written_is_one_sentence(tmp_path: Any) -> None:
    done = command_line.run("demo", "--output", str(tmp_path / "missing" / "demo.png"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    # The frame of an error breaks a long path wherever it is full.
    assert "missing" in "".join(done.stderr.replace("│", "").split())
