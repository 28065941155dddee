from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from anet_lite import Monitor, Reference
from anet_lite.reference import load_reference, save_reference

if TYPE_CHECKING:
    from pathlib import Path


def run(monitor: Monitor, seed: int, rows: int = 300, **factors: float) -> list[Any]:
    """A loss that falls from 2 to 1, and a rate that warms up for 50 steps."""
    rng, alarms = np.random.default_rng(seed), []
    for at in range(rows):
        warm = min(1.0, (at + 1) / 50)
        row = {"loss": 1 + np.exp(-at / 60), "grad_norm": 1.0, "step_norm": 0.1 * warm, "lr": 0.1 * warm}
        noisy = {n: v * factors.get(n, 1) * (1 if n == "lr" else 1 + 0.1 * rng.normal()) for n, v in row.items()}
        alarms += monitor.update(**noisy).alarms
    return alarms


@pytest.fixture(scope="module")
def good() -> Reference:
    monitor = Monitor()
    run(monitor, 0)
    return monitor.reference("seed 0")


def test_runs_like_the_good_one_are_quiet(good: Reference):
    assert [run(Monitor(reference=good), seed) for seed in range(1, 11)] == [[]] * 10


@pytest.mark.parametrize(
    ("signal", "score"),
    [("loss", "early_loss"), ("grad_norm", "early_grad"), ("step_norm", "early_update")],
)
def test_a_run_that_is_bad_from_its_first_step_alarms_at_once(good: Reference, signal: str, score: str):
    alarms = [a for a in run(Monitor(reference=good), 1, 64, **{signal: 3.0}) if a.score == score]
    assert [(a.detector, a.signal, a.step) for a in alarms] == [("reference", signal, 7)]
    assert alarms[0].ratio > 1.5
    assert run(Monitor(), 1, 64, **{signal: 3.0}) == []


def test_a_rate_that_warms_up_too_fast_alarms_within_its_warm_up(good: Reference):
    (alarm,) = run(Monitor(reference=good), 1, 64, lr=3.0)
    assert (alarm.score, alarm.step) == ("early_rate", 23)


def test_a_reference_covers_only_what_it_has_seen(good: Reference):
    monitor = Monitor()
    run(monitor, 0, 40)
    short = monitor.reference("40 steps")
    assert (short.rows, good.rows) == (40, 256)
    later = run(Monitor(reference=short), 1, 40) + run(Monitor(reference=short), 2, 120)
    assert later == []


def test_a_file_says_what_it_was_learned_on(good: Reference, tmp_path: Path):
    path = tmp_path / "good.json"
    save_reference(good, path)
    assert '"learned_on": "seed 0"' in path.read_text()
    again = load_reference(path)
    assert (again.learned_on, again.to_dict()) == ("seed 0", good.to_dict())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not json", "is not a reference"),
        ("[1]", "it holds no object"),
        ('{"format": "x"}', "this is not a reference"),
        ('{"format": "anet_lite.Reference", "version": 2}', "state has version 2, this build reads version 1"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, text: str, message: str):
    path = tmp_path / "bad.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        load_reference(path)


def test_a_flipped_digit_is_noticed(good: Reference):
    state = good.to_dict()
    state["course"] = state["course"][:300] + ("1" if state["course"][300] == "0" else "0") + state["course"][301:]
    with pytest.raises(ValueError, match="checksum"):
        Reference.from_dict(state)


def test_the_reference_stays_where_a_state_is_loaded_or_a_monitor_copied(good: Reference):
    fresh = Monitor(reference=good)
    fresh.load_state_dict(Monitor().state_dict())
    for monitor in (fresh, copy.deepcopy(Monitor(reference=good))):
        assert run(monitor, 1, 16, loss=3.0) != []


def test_misuse_is_named():
    with pytest.raises(TypeError, match="reference must be a Reference, got str"):
        Monitor(reference="good.json")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="a reference needs at least 8 rows"):
        Monitor().reference("nothing")
