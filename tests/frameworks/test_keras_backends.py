"""The callback in `fit` on JAX and on TensorFlow, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

NEEDS = ("keras",)

PROGRAM = Path(__file__).with_name("keras_fit.py")


@pytest.fixture(scope="module", params=["jax", "tensorflow"])
def done(request, tmp_path_factory):
    """What became of the trainings, and what was logged."""
    try:
        version(request.param)
    except PackageNotFoundError:
        pytest.skip(f"{request.param} not installed: make test-frameworks")
    quiet = {"KERAS_BACKEND": request.param, "TF_CPP_MIN_LOG_LEVEL": "3", "JAX_PLATFORMS": "cpu"}
    path = os.pathsep.join([str(PROGRAM.parent), *sys.path])
    folder = tmp_path_factory.mktemp(request.param)
    ended = subprocess.run(
        [sys.executable, str(PROGRAM), str(folder)],
        env={**os.environ, **quiet, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    return {**json.loads(ended.stdout.splitlines()[-1]), "backend": request.param, "log": ended.stderr}


def test_every_step_is_observed_with_its_own_loss(done):
    seen = done["observed"]
    assert seen["loss"] == pytest.approx(seen["history"], rel=1e-5)
    assert seen["lr"] == pytest.approx(seen["schedule"], rel=1e-5)
    assert seen["first"][1] == pytest.approx(seen["first"][0], rel=1e-4), "before it is clipped to 1"
    assert seen["val_loss"] == pytest.approx(seen["validated"])
    assert seen["flushed"] == 1
    assert seen["left"] == []


def test_the_gradient_of_an_embedding_is_measured_as_a_whole(done):
    by_hand, seen = done["embedded"]
    assert seen == pytest.approx(by_hand, rel=1e-4)


def test_the_norm_of_many_weights_is_that_of_all_of_them(done):
    for by_hand, seen in done["wide"]:
        assert seen == pytest.approx(by_hand, rel=1e-4)


def test_a_poisoned_checkpoint_is_refused_and_not_the_best_or_marked(done):
    refused, marked = done["kept"]["refuse"], done["kept"]["mark"]
    assert refused == {"files": ["refuse-1.weights.h5"], "best": 0.0}
    bad = ["mark-2.weights.h5", "mark-2.weights.h5.anet.json", "mark-3.weights.h5", "mark-3.weights.h5.anet.json"]
    assert marked == {"files": ["mark-1.weights.h5", *bad], "best": 2.0}
    assert "refuse-2.weights.h5 is not saved" in done["log"]


def test_a_healthy_run_is_silent(done):
    assert done["healthy"] == {"rows": 400, "alarms": [], "status": "healthy"}


def test_a_planted_fault_is_told_with_its_cause_and_stops(done):
    assert done["nan"]["step"] == 200
    assert "bad_number" in done["nan"]["causes"]
    assert 200 <= done["rate"]["step"] < 205
    assert "rate_too_high" in done["rate"]["causes"]
    assert max(done["nan"]["rows"], done["rate"]["rows"]) < 230


def test_a_backup_brings_the_state_back_into_the_users_monitor(done):
    assert done["resumed"] == {"rows": 50, "step": 30, "segment": None, "left": False}


def test_a_step_that_a_loss_scaler_skips_is_no_alarm_and_others_are_unscaled(done):
    seen = done["scaled"]
    assert seen["first"] is None
    assert 0.1 < seen["last"] / seen["plain"] < 10
    assert seen["alarms"] == []


def test_a_part_of_the_rate_trains_as_that_rate_does_or_is_refused(done):
    seen = done["lowered"]
    if done["backend"] == "jax":
        assert seen["refused"].startswith(
            "guard: AnetCallback cannot do what Quarter decides: give the guard set_scale="
        )
    else:
        assert seen["lr"] == pytest.approx(0.01)
        assert seen["apart"] < 1e-6
        assert seen["scheduled"] == pytest.approx(0.04)


def test_a_policy_that_must_decide_before_the_step_is_refused(done):
    skip, lower = done["refused"]
    assert "cannot do what SkipStep decides: it must decide before the step" in skip
    assert bool(lower) == (done["backend"] == "jax")


def test_a_training_that_cannot_be_observed_and_a_monitor_that_raises_are_said(done):
    assert done["unseen"]["rows"] == 0
    assert "no step of fit was seen: its train_step is of its own" in done["log"]
    assert done["unseen"]["failures"] == 3
    assert done["log"].count("the monitor failed, training goes on") == 1
