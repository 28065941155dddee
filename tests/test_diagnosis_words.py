"""What a sentence about an alarm says must be true: the value of this row, the mean, the ratio where there is one."""

# ruff: noqa: RUF001 (Japanese letters that look like others)

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from anet_lite import Monitor, Snapshot, explain
from anet_lite.diagnosis.numbers import numbers


def alarm(**said: Any) -> Any:
    plain = {"rule": "level_loss", "family": "level", "signal": "loss", "value": 2.18, "expected": 2.02, "length": 1}
    told = {**plain, **said}
    expected = told["expected"]
    return SimpleNamespace(**{"ratio": told["value"] / expected if expected else None, **told})


def seen(**values: float) -> Any:
    row = {"loss": None, "grad_norm": None, "step_norm": None, "noise": None, "lr": None, **values}
    return SimpleNamespace(**row, firing=["level_loss", "update_up"], signals={"reward": 0.1})


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (alarm(), "The loss is 8 here; the mean of its last 32 is 2.18, 1.08 times the usual 2.02 (level_loss)."),
        (
            alarm(value=-0.616, expected=-0.000506),
            "The loss is 8 here; the mean of its last 32 is -0.616, against the usual -0.000506 (level_loss).",
        ),
        (
            alarm(value=121.0, expected=1.8e-7),
            "The loss is 8 here; the mean of its last 32 is 121, against the usual 1.8e-07 (level_loss).",
        ),
        (
            alarm(rule="drift_loss", family="drift", length=6),
            "The loss is 8 here; the mean of its last 6 is 2.18, 1.08 times the usual 2.02 (drift_loss).",
        ),
        (
            alarm(rule="explosion", family="explosion", value=8.0, expected=0.4),
            "The loss is 8, 20 times the largest of the 64 rows before, 0.4 (explosion).",
        ),
        (
            alarm(rule="gave_back", family="lost_progress", value=7.0, expected=2.0),
            "The loss is 8 here; smoothed it is 7, 3.5 times its best of 2 (gave_back).",
        ),
        (
            alarm(rule="dead_gradient", family="dead", signal="grad_norm", value=0.0, expected=None, length=65),
            "The gradient norm has been exactly 0 in the last 65 measured rows (dead_gradient).",
        ),
        (
            alarm(rule="chance_level", family="dead", value=2.302585, expected=math.log(10), length=40),
            "The loss has been 2.303 in the last 40 rows: ln 10, what guessing among 10 classes gives (chance_level).",
        ),
        (
            alarm(rule="frozen_loss", family="frozen", value=0.7, expected=None, length=64),
            "The loss has been 0.7 in the last 65 measured rows (frozen_loss).",
        ),
        (
            alarm(rule="overfit", family="overfitting", signal="val_loss", value=0.921, expected=0.515, length=12),
            "val_loss is 0.921; its best was 0.515, 12 evaluations ago (overfit).",
        ),
        (
            alarm(rule="signal_fall", family="named_signal", signal="reward", value=0.2, expected=0.8),
            "reward is 0.1 here; the median of its last 8 is 0.2, 0.25 times the usual 0.8 (signal_fall).",
        ),
        (
            alarm(rule="resumed_worse", family="resume", value=3.0, expected=2.0),
            "The loss is 8 here; the median of its last 16 is 3, 1.5 times what the same steps had the first time, 2 "
            "(resumed_worse).",
        ),
    ],
)
def test_a_sentence_tells_the_row_beside_what_was_judged(said: Any, words: str):
    assert numbers(said, seen(loss=8.0), "en") == words


def test_a_row_without_the_signal_tells_the_mean_alone():
    said = alarm(rule="level_grad", signal="grad_norm")
    assert numbers(said, seen(loss=8.0), "en").startswith(
        "The mean of the last 32 values of the gradient norm is 2.18,"
    )
    assert numbers(said, seen(loss=8.0), "ja").startswith("勾配ノルムの直近32個の平均は2.18で、")


def alarmed(rows: Any, **options: Any) -> list[Snapshot]:
    monitor = Monitor(**options)
    return [snap for snap in (monitor.update(**row) for row in rows) if snap.alarms]


def noisy(rows: int = 300, seed: int = 0) -> list[dict[str, float]]:
    rng = np.random.default_rng(seed)
    names = ("loss", "grad_norm", "step_norm", "noise")
    return [dict(zip(names, 2 + 0.1 * rng.normal(size=4)), lr=0.01) for _ in range(rows)]


def first_cause(rows: list[dict[str, float]]) -> str:
    return explain(alarmed(rows)[0]).causes[0].name


def test_a_gradient_of_exactly_0_is_no_stale_value():
    rows = [row | ({"grad_norm": 0.0} if at >= 300 else {}) for at, row in enumerate(noisy(400))]
    assert first_cause(rows) == "no_gradient"


def test_an_update_of_exactly_0_says_nothing_of_half_precision():
    rows = [row | ({"step_norm": 0.0} if at >= 300 else {}) for at, row in enumerate(noisy(400))]
    found = explain(alarmed(rows)[0])
    assert found.causes[0].name == "not_updated"
    assert "precision" not in found.paragraph


@pytest.mark.parametrize(("bits", "said"), [(11, True), (52, False)])
def test_half_precision_is_named_where_the_losses_are_of_it(bits: int, said: bool):
    rows = noisy(300)
    for row in rows:
        mantissa, exponent = math.frexp(row["loss"])
        row["loss"] = math.ldexp(round(mantissa * 2**bits) / 2**bits, exponent)
    rows.append(rows[-1] | {"grad_norm": math.inf})
    for _ in range(8):
        rows.append(rows[-1])
    overflow = next(cause for cause in explain(alarmed(rows)[0]).causes if cause.name == "overflow")
    assert ("numbers of half precision" in overflow.reason) is said


@pytest.mark.parametrize("classes", [2, 10])
def test_a_loss_at_the_logarithm_of_the_classes_is_a_guess(classes: int):
    learned = [row | {"loss": 3 - at / 300 + 0.1 * (row["loss"] - 2)} for at, row in enumerate(noisy(300))]
    rows = learned + [row | {"loss": math.log(classes)} for row in noisy(200)]
    found = [explain(snap) for snap in alarmed(rows)]
    assert any(f"ln {classes}" in report.paragraph and report.causes[0].name == "chance_level" for report in found)
    assert all(report.causes[0].name != "stale_value" for report in found)


def test_a_loss_that_turns_negative_is_a_flipped_sign():
    losses = [3.0 - 0.005 * at for at in range(300)] + [-1.5 - 0.1 * at for at in range(40)]
    rows = [row | {"loss": loss + 0.1 * (row["loss"] - 2)} for row, loss in zip(noisy(340), losses)]
    assert first_cause(rows) == "flipped_sign"


def test_loss_and_gradient_by_one_factor_in_one_step_are_a_rescaled_loss():
    rows = [
        row | ({"loss": 4 * row["loss"], "grad_norm": 4 * row["grad_norm"]} if at >= 300 else {})
        for at, row in enumerate(noisy(340))
    ]
    causes = [explain(snap).causes[0].name for snap in alarmed(rows) if snap.row >= 303]
    assert causes
    assert set(causes) == {"loss_rescaled"}


def test_a_rate_is_called_steady_only_where_enough_of_it_is_known():
    rows = [row | ({"loss": 3 * row["loss"]} if at >= 300 else {}) for at, row in enumerate(noisy(320))]
    known = len(alarmed(rows)[-1].window("lr")) >= 64
    found = explain(alarmed(rows)[-1])
    told = [cause for cause in found.causes if cause.name in ("data_changed", "forgetting")]
    assert told
    assert all(("has not risen" in cause.reason) is known for cause in told)
    without = [{name: value for name, value in row.items() if name != "lr"} for row in rows]
    assert "rate has not risen" not in str([cause.reason for cause in explain(alarmed(without)[-1]).causes])


def test_an_open_incident_has_causes_in_rows_without_a_new_alarm():
    monitor = Monitor()
    snaps = [monitor.update(**row) for row in noisy(300)]
    snaps += [monitor.update(**(row | {"loss": 3 * row["loss"]})) for row in noisy(60, seed=1)]
    quiet = [snap for snap in snaps[300:] if snap.incident and not snap.alarms]
    assert quiet
    assert explain(quiet[-1]).causes


@pytest.mark.parametrize(
    ("name", "way", "cause"),
    [
        ("reward", -1, "policy_collapse"),
        ("entropy", -1, "policy_collapse"),
        ("kl", 1, "reward_hacked"),
        ("step_time", 1, "machine"),
        ("tokens_per_s", -1, "machine"),
    ],
)
def test_a_named_signal_that_leaves_its_range_has_a_cause_of_its_own(name: str, way: int, cause: str):
    rng = np.random.default_rng(0)
    rows = [
        {**row, name: 1 + 0.05 * rng.normal() + (0.6 * way if at >= 300 else 0)} for at, row in enumerate(noisy(330))
    ]
    found = explain(alarmed(rows, signals=[name])[0])
    assert found.causes[0].name == cause
    assert f"{name} is " in found.paragraph


def test_an_evaluation_loss_that_rises_over_its_best_is_overfitting():
    best = [1 - 0.02 * at for at in range(20)] + [0.62 + 0.02 * at for at in range(20)]
    rows = [row | ({"val_loss": best[at // 10]} if at % 10 == 0 else {}) for at, row in enumerate(noisy(400))]
    found = explain(alarmed(rows, signals=["val_loss"])[0])
    assert found.causes[0].name == "overfitting"
    assert "its best was 0.62" in found.paragraph


def test_what_was_judged_by_a_median_is_called_a_median() -> None:
    monitor = Monitor()
    for row in range(60):
        said = monitor.update(loss=2.0 + 0.01 * (row % 5), grad_norm=1.0 + 0.1 * (row % 3) if row < 40 else 0.01)
        if said.alarms:
            break
    assert [alarm.rule for alarm in said.alarms] == ["early_vanish"]
    assert "the median of its last 8 is 0.01" in str(explain(said))
    assert "中央値は0.01" in str(explain(said, "ja"))
