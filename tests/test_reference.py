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
    ("signal", "factor", "score"),
    [
        ("loss", 5.0, "early_loss"),
        ("grad_norm", 5.0, "early_grad"),
        ("grad_norm", 0.1, "early_grad"),
        ("step_norm", 3.0, "early_update"),
        ("step_norm", 0.3, "early_update"),
    ],
)
def test_a_run_that_is_bad_from_its_first_step_alarms_after_sixteen(
    good: Reference, signal: str, factor: float, score: str
):
    alarms = [a for a in run(Monitor(reference=good), 1, 64, **{signal: factor}) if a.rule == score]
    assert [(a.family, a.signal, a.step) for a in alarms] == [("reference", signal, 15)]
    assert (alarms[0].ratio > 1) == (factor > 1)
    assert run(Monitor(), 1, 64, **{signal: factor}) == []


@pytest.mark.parametrize(("factor", "step"), [(3.0, 23), (0.1, 7)])
def test_a_rate_off_the_good_one_alarms_within_the_warm_up(good: Reference, factor: float, step: int):
    alarms = run(Monitor(reference=good), 1, 64, lr=factor)
    assert [(a.rule, a.step) for a in alarms if a.signal == "lr"] == [("early_rate", step)]


def test_eight_strange_steps_are_no_alarm(good: Reference):
    monitor = Monitor(reference=good)
    strange = run(monitor, 1, 8, loss=9.0, grad_norm=9.0)
    assert strange + run(monitor, 1, 64) == []


RULES = {
    "early_loss": (np.log(3), np.inf, 2),
    "early_grad": (np.log(3), np.log(5), 2),
    "early_update": (np.log(2), np.log(2), 2),
    "early_rate": (np.log(1.5), np.log(1.5), 1),
}


def naive_scores(means: np.ndarray, good: list[np.ndarray], block: int) -> dict[str, float]:
    """The paper of `reference.rs` in NumPy: means are tracks by blocks of eight, for the run and for each good one."""
    scores = {}
    for track, (score, (above, below, blocks)) in enumerate(RULES.items()):
        size = max(np.abs(one[track]).max() for one in good)
        press = (lambda y, size=size: np.arcsinh(100 * y / size)) if track < 2 else (np.asarray, np.log)[track - 2]
        departures = naive_departures(press(means[track]), [press(one[track]) for one in good], above, below)
        if block + 1 >= blocks:
            scores[score] = min(departures[block + 1 - blocks : block + 1])
    return scores


def naive_departures(values: np.ndarray, good: list[np.ndarray], above: float, below: float) -> list[float]:
    spread = 6 * max(np.sort(np.abs(np.diff(one)))[31 // 2] / 0.954 for one in good)
    ends = 8 * (np.arange(32) + 1)
    bands = [np.concatenate([one[(ends >= e / 1.5 - 8) & (ends <= e * 1.5 + 8)] for one in good]) for e in ends]
    over = [(value - band.max()) / max(spread, above) for value, band in zip(values, bands)]
    under = [(band.min() - value) / max(spread, below) for value, band in zip(values, bands)]
    return [max(pair) for pair in zip(over, under)]


def test_scores_are_those_of_the_formula():
    def rows(seed: int, steps: int, level: float = 1.0) -> np.ndarray:
        rng = np.random.default_rng(seed)
        trend = np.exp(-np.arange(steps) / 90)[:, None] * [2.0, 1.0, 0.3, 0.1] + 0.1
        return trend * np.exp(0.3 * rng.normal(size=(steps, 4))) * level

    def means(values: np.ndarray) -> np.ndarray:
        tracks = values.copy()
        tracks[:, 2] = np.log(values[:, 2] / values[:, 3])
        return tracks.T.reshape(4, -1, 8).mean(2)

    def fed(values: np.ndarray, reference: Reference | None = None) -> Monitor:
        monitor = Monitor(reference=reference)
        names = ("loss", "grad_norm", "step_norm", "lr")
        monitor.update_many(dict(zip(names, values.T)))
        return monitor

    good = [rows(seed, 256) for seed in (1, 2, 3)]
    each = [fed(one).reference("") for one in good]
    for seed, steps, level in ((4, 8, 1.0), (5, 64, 1.3), (6, 136, 3.0), (7, 256, 0.2)):
        run = rows(seed, steps, level)
        for used in (1, 3):
            scores = fed(run, Reference.joined(each[:used])).scores()
            wanted = naive_scores(means(run), [means(one) for one in good[:used]], steps // 8 - 1)
            assert {name: scores[name] for name in scores if name.startswith("early")} == pytest.approx(
                wanted, rel=1e-9
            )


def test_several_good_runs_know_what_differs_between_them(good: Reference):
    other = Monitor()
    run(other, 3, loss=4.0)
    both = Reference.joined([good, other.reference("seed 3, other data")])
    assert (both.runs, both.rows, both.learned_on) == (2, 256, "seed 0; seed 3, other data")
    assert [a.rule for a in run(Monitor(reference=good), 1, 64, loss=4.0)] == ["early_loss"]
    assert run(Monitor(reference=both), 1, 64, loss=4.0) == []
    assert Reference.from_dict(both.to_dict()).to_dict() == both.to_dict()
    assert Reference.joined([good]).to_dict() == good.to_dict()


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
    state["curve"] = state["curve"][:300] + ("1" if state["curve"][300] == "0" else "0") + state["curve"][301:]
    with pytest.raises(ValueError, match="checksum"):
        Reference.from_dict(state)


def test_the_reference_stays_where_a_state_is_loaded_or_a_monitor_copied(good: Reference):
    fresh = Monitor(reference=good)
    fresh.load_state_dict(Monitor().state_dict())
    for monitor in (fresh, copy.deepcopy(Monitor(reference=good))):
        assert run(monitor, 1, 16, loss=5.0) != []


def test_misuse_is_named():
    with pytest.raises(TypeError, match="reference must be a Reference, got str"):
        Monitor(reference="good.json")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="a reference needs at least 8 rows"):
        Monitor().reference("nothing")
    with pytest.raises(ValueError, match="references must hold at least one Reference, got none"):
        Reference.joined([])
    with pytest.raises(TypeError, match="references must hold References, got str"):
        Reference.joined(["good.json"])  # type: ignore[list-item]
