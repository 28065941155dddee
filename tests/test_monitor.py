from __future__ import annotations

import copy
import json
import math
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from anet_lite import AnetError, Monitor, snapshot

GOLDEN = json.loads((Path(__file__).parent / "golden" / "monitor.json").read_text())["cases"]
SIGNALS = ("loss", "grad_norm", "step_norm", "noise", "lr")


def value_of(entry: Any) -> float | None:
    return None if entry is None else float(entry)


def rows_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    signals = case["signals"]
    rows = [{name: value_of(column[at]) for name, column in signals.items()} for at in range(case["rows"])]
    for row in rows:
        if row.get("step") is not None:
            row["step"] = int(row["step"])
    return rows


def healthy_row(rng: np.random.Generator) -> dict[str, float]:
    loss, grad, step, noise = 1 + 0.1 * rng.normal(size=4)
    return {"loss": loss, "grad_norm": grad, "step_norm": 0.01 * step, "noise": noise, "lr": 0.01}


def warm(rows: int = 300, **options: Any) -> Monitor:
    monitor, rng = Monitor(**options), np.random.default_rng(0)
    for _ in range(rows):
        monitor.update(**healthy_row(rng))
    return monitor


def close(got: float, known: float) -> bool:
    return abs(got - known) <= 1e-9 * max(1, abs(known))


def test_there_are_eight_known_runs():
    assert len(GOLDEN) == 8
    assert sum(case["rows"] for case in GOLDEN) == 6300


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_a_known_run_gives_the_known_alarms(case: dict[str, Any]):
    monitor = Monitor(case["false_alarms_per_10k"], escalate=False)
    alarms, first, status = [], [], []
    for at, row in enumerate(rows_of(case)):
        if at in case["notes"]:
            monitor.note("announced")
        snap = monitor.update(**row)
        alarms += sorted([at, alarm.rule] for alarm in snap.alarms)
        first += [[at, snap.first_onset]] if snap.alarms else []
        if not status or status[-1][1] != snap.status:
            status.append([at, snap.status])
        if str(at) in case["at"]:
            known, got = case["at"][str(at)]["score"], monitor.scores()
            assert got.keys() == known.keys()
            assert all(close(got[name], value_of(known[name])) for name in known)
    assert (alarms, first, status) == (case["alarms"], case["moved_first"], case["status"])


@pytest.mark.parametrize("case", [c for c in GOLDEN if not c["notes"]], ids=lambda case: case["name"])
def test_many_rows_at_once_are_the_same_rows(case: dict[str, Any]):
    complete = {n: c for n, c in case["signals"].items() if None not in c and n != "step"}
    columns = {name: [float(value) for value in column] for name, column in complete.items()}
    one, many = Monitor(), Monitor()
    alarms = many.update_many(columns).alarms
    singly = [a for row in zip(*columns.values()) for a in one.update(**dict(zip(columns, row))).alarms]
    assert [repr(alarm) for alarm in alarms] == [repr(alarm) for alarm in singly]
    assert one.state_dict() == many.state_dict()


def test_the_six_metrics_are_those_of_the_trailing_windows():
    rng = np.random.default_rng(1)
    rows = [healthy_row(rng) for _ in range(260)]
    rows[150]["loss"] = math.nan
    monitor = Monitor()
    for at, row in enumerate(rows):
        snap = monitor.update(**row)
        newest = {name: [r[name] for r in rows[max(0, at - 63) : at + 1]] for name in SIGNALS}
        reference = [r["noise"] for r in rows[max(0, min(at + 1, 99) - 64) : min(at + 1, 99)]]
        batch = snapshot(
            newest["loss"], newest["grad_norm"], newest["step_norm"], newest["noise"], reference, rate_hz=5
        )
        for name in ("theta", "sdot", "proc", "f_total", "precursor", "zscore"):
            got, known = getattr(snap, name), getattr(batch, name)
            assert got == pytest.approx(known, abs=1e-9, nan_ok=True), (at, name)


def test_the_six_metrics_do_not_drift_over_a_million_steps():
    rng = np.random.default_rng(2)
    columns = {name: 1 + 0.1 * rng.random(1_000_000) for name in SIGNALS}
    columns["loss"][::1000] = 1e12
    monitor = Monitor()
    monitor.update_many({name: column[:-1] for name, column in columns.items()})
    snap = monitor.update(**{name: float(column[-1]) for name, column in columns.items()})
    newest = [columns[name][-64:] for name in ("loss", "grad_norm", "step_norm", "noise")]
    batch = snapshot(*newest, columns["noise"][35:99], rate_hz=5)
    for name in ("theta", "sdot", "proc", "f_total", "zscore"):
        assert close(getattr(snap, name), getattr(batch, name))


def test_a_gradient_norm_stands_for_noise_that_was_never_given():
    rng = np.random.default_rng(3)
    grads = 1 + 0.1 * rng.random(200)
    monitor = Monitor()
    for grad in grads:
        snap = monitor.update(grad_norm=grad)
    assert close(snap.theta, snapshot([], [], [], grads[-64:], grads[35:99]).theta)


def test_a_snapshot_keeps_its_own_moment():
    monitor, rng = warm(), np.random.default_rng(4)
    snap = monitor.update(**healthy_row(rng))
    for _ in range(100):
        monitor.update(loss=50.0)
    assert snap.zscore < 5
    assert snap.recent("loss")[-1] is not None
    assert max(snap.recent("loss")) < 2


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("signal", SIGNALS)
def test_what_is_not_finite_alarms_in_its_step_and_leaves_no_trace(signal: str, bad: float):
    touched, spared = warm(), warm()
    snap = touched.update(**{signal: bad})
    assert [(a.rule, a.signal, a.length) for a in snap.alarms] == [("nonfinite", signal, 1)]
    spared.update()
    assert snap.status == "failing"
    rng = np.random.default_rng(5)
    for _ in range(30):
        row = healthy_row(rng)
        touched.update(**row)
        spared.update(**row)
        scores = {k: v for k, v in touched.scores().items() if k != "nonfinite"}
        assert scores == {k: v for k, v in spared.scores().items() if k != "nonfinite"}


def test_every_number_like_thing_is_a_signal():
    class Zero:
        def __float__(self) -> float:
            return 0.5

    one, other = Monitor(), Monitor()
    one.update(loss=0.5, grad_norm=2.0, step_norm=0.5, noise=1, lr=0.5, step=3)
    other.update(np.array(0.5), np.float32(2), np.float64(0.5), True, Zero(), np.int64(3))
    assert one.state_dict() == other.state_dict()


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"loss": "1.0"}, "loss must be a real number, got str"),
        ({"grad_norm": [1.0]}, "grad_norm must be a real number, got list"),
        ({"lr": 1j}, "lr must be a real number, got complex"),
        ({"step": 1.5}, "step must be an integer, got float"),
    ],
)
def test_a_wrong_type_is_named_and_changes_nothing(arguments: dict[str, Any], text: str):
    monitor = warm(10)
    before = monitor.state_dict()
    with pytest.raises(TypeError, match=text) as raised:
        monitor.update(**arguments)
    assert isinstance(raised.value, AnetError)
    assert monitor.state_dict() == before


@pytest.mark.parametrize("rate", [0, 0.09, 20.5, math.nan, -1, math.inf])
def test_an_impossible_rate_is_refused(rate: float):
    with pytest.raises(ValueError, match=r"false_alarms_per_10k must be from 0.1 to 20, got"):
        Monitor(rate)


def test_other_settings_of_a_wrong_kind_are_refused():
    with pytest.raises(TypeError, match="false_alarms_per_10k must be a real number, got str"):
        Monitor("1")
    with pytest.raises(ValueError, match="text must say what changes"):
        Monitor().note(" ")
    with pytest.raises(ValueError, match="signal must be one of loss, grad_norm, step_norm, noise, lr, got 'x'"):
        Monitor().update().recent("x")
    with pytest.raises(ValueError, match="loss and lr must have the same length, got 3 and 2"):
        Monitor().update_many({"loss": [1, 2, 3], "lr": [1, 2]})


def test_segments_open_at_the_start_and_at_a_note_whatever_the_steps_do():
    monitor = Monitor()
    assert monitor.update(1.0, step=0).segment == "start"
    assert [monitor.update(1.0, step=step).segment for step in (1, 1, 0, 7, 3)] == [None] * 5
    monitor.note("other data")
    assert monitor.update(1.0, step=2).segment == "note"
    assert monitor.update(1.0).segment is None


def test_an_alarm_says_what_it_saw():
    monitor = warm()
    for _ in range(3):
        snap = monitor.update(**{**healthy_row(np.random.default_rng(6)), "loss": 8.0}, batch_id="shard-7")
        if snap.alarms:
            break
    (alarm,) = (alarm for alarm in snap.alarms if alarm.rule == "jump_loss")
    assert (alarm.family, alarm.signal, alarm.step) == ("jump", "loss", 300)
    assert alarm.value == pytest.approx(8.0)
    assert 0.9 < alarm.expected < 1.1
    assert alarm.ratio == pytest.approx(8.0 / alarm.expected)
    assert alarm.strength > 1
    assert alarm.per_10k < 1
    assert alarm.incident == 300
    assert snap.batch_id == "shard-7"


def scores_of(losses: np.ndarray, **options: Any) -> set[str]:
    return {alarm.rule for alarm in Monitor(**options).update_many(losses).alarms}


def test_a_drawdown_needs_a_loss_that_was_nearly_nothing():
    rng = np.random.default_rng(2)
    chased = np.concatenate([np.ones(100), np.full(200, 0.2), np.geomspace(0.2, 2, 1200)])
    chased *= np.exp(0.6 * rng.normal(size=1500))
    signed = np.concatenate([np.linspace(-1, -0.03, 100), np.full(200, -0.03)]) + 0.02 * rng.normal(size=300)
    for healthy in (chased, signed):
        assert "drawdown" in scores_of(healthy, escalate=False)
        assert not scores_of(healthy)
    learned = np.concatenate([np.geomspace(1, 0.01, 100), np.full(300, 0.01), np.geomspace(0.01, 0.5, 400)])
    assert "drawdown" in scores_of(learned * np.exp(0.4 * rng.normal(size=800)))


def test_a_run_that_swings_asks_for_more_than_its_largest_swing():
    def incidents(seed: int) -> int:
        losses = 1 + 0.1 * np.abs(np.random.default_rng(seed).standard_t(3, 2500))
        return len({alarm.incident for alarm in Monitor().update_many(losses).alarms})

    assert sum(incidents(seed) for seed in range(20)) <= 22  # in 50,000 rows; 27 without


def test_one_incident_names_each_score_once():
    monitor, rng = warm(), np.random.default_rng(7)
    alarms = [a for _ in range(60) for a in monitor.update(**{**healthy_row(rng), "loss": 30.0}).alarms]
    assert len({alarm.rule for alarm in alarms}) == len(alarms) > 1
    assert len({alarm.incident for alarm in alarms}) == 1


def test_a_family_that_calmed_down_must_be_stronger_to_fire_again():
    def jumps(escalate: bool) -> int:
        monitor, rng, count = warm(escalate=escalate), np.random.default_rng(8), 0
        for at in range(1800):
            loss = 3.0 if at % 600 == 500 else 1 + 0.1 * rng.normal()
            count += len(monitor.update(loss=loss).alarms)
        return count

    assert jumps(False) == 3
    assert jumps(True) == 1


def test_a_resumed_run_is_the_same_run_bit_for_bit():
    whole, first, rng = Monitor(), Monitor(), np.random.default_rng(9)
    rows = [healthy_row(rng) for _ in range(400)]
    for row in rows[:237]:
        whole.update(**row)
        first.update(**row)
    state = json.loads(json.dumps(first.state_dict()))
    second = Monitor()
    second.load_state_dict(state)
    for row in rows[237:]:
        a, b = whole.update(**row), second.update(**row)
        assert (a.status, a.theta, a.sdot, a.zscore) == (b.status, b.theta, b.sdot, b.zscore)
    assert whole.state_dict() == second.state_dict()


def test_saving_has_no_side_effects_and_copies_are_independent():
    monitor = warm()
    before = monitor.state_dict()
    twins = [copy.deepcopy(monitor), pickle.loads(pickle.dumps(monitor))]
    assert monitor.state_dict() == before
    for twin in twins:
        assert twin.state_dict() == before
        twin.update(1.0)
        assert monitor.state_dict() == before


def test_copies_know_what_their_reference_was_learned_on():
    reference = warm(100).reference("run 7, seed 0")
    monitor = Monitor(reference=reference)
    for twin in (copy.deepcopy(monitor), pickle.loads(pickle.dumps(monitor))):
        assert "run 7, seed 0" in repr(twin.__getnewargs_ex__())


def test_a_note_stands_in_the_snapshots_of_its_segment_and_survives_a_resume():
    monitor = warm(100)
    assert monitor.update(1.0, step=100).note is None
    monitor.note("data mix 2")
    other = Monitor()
    other.load_state_dict(json.loads(json.dumps(monitor.state_dict())))
    assert other.update(1.0, step=101).note == ("data mix 2", 101)
    assert other.update(math.nan, step=102).note == ("data mix 2", 101)
    third = copy.deepcopy(other)
    assert third.update(1.0, step=103).note == ("data mix 2", 101)
    assert third.update(1.0, step=50).note == ("data mix 2", 101)


def test_a_note_before_the_first_row_is_kept():
    monitor = Monitor()
    monitor.note("second run")
    assert monitor.update(1.0).note == ("second run", 0)


def test_firing_names_what_fires_new_or_not():
    monitor = warm(300)
    first, second = monitor.update(math.nan), monitor.update(math.nan)
    assert (first.firing, second.firing) == (["nonfinite"], ["nonfinite"])
    assert (len(first.alarms), len(second.alarms)) == (1, 0)
    assert monitor.update(1.0).firing == []


class Log:
    """A tombstone log as far as a monitor looks at it."""

    def __init__(self, *heads: str) -> None:
        self.heads = heads

    @property
    def head(self) -> str:
        return self.heads[-1]

    @property
    def records(self) -> int:
        return len(self.heads)

    def holds(self, head: str) -> bool:
        return head in self.heads


def test_the_head_of_the_tombstone_log_travels_in_the_state(recwarn: pytest.WarningsRecorder):
    log = Log("a", "b")
    monitor = Monitor(tombstones=log)  # type: ignore[arg-type]
    assert monitor.tombstones is log
    state = monitor.state_dict()
    assert state["tombstones"] == {"head": "b", "records": 2}
    without = Monitor()
    without.load_state_dict(state)
    assert without.tombstones is None
    assert without.state_dict()["tombstones"] == state["tombstones"]
    Monitor(tombstones=Log("a", "b", "c")).load_state_dict(state)  # type: ignore[arg-type]
    assert not recwarn.list
    with pytest.warns(RuntimeWarning, match="does not hold the head of the loaded state"):
        Monitor(tombstones=Log("a", "x")).load_state_dict(state)  # type: ignore[arg-type]


def test_what_is_no_tombstone_log_is_refused():
    with pytest.raises(TypeError, match="tombstones must be a TombstoneLog, got str"):
        Monitor(tombstones="log.jsonl")  # type: ignore[arg-type]


def test_a_state_is_made_of_plain_types():
    monitor = warm(10)
    monitor.group("head").update(grad_norm=1.0)
    monitor.note("text")
    flat = [v for v in monitor.state_dict().values() if not isinstance(v, dict)]
    flat += list(monitor.state_dict()["groups"].values())
    assert {type(v) for v in flat} <= {str, int, float, type(None)}


@pytest.mark.parametrize(
    ("change", "error", "text"),
    [
        (None, TypeError, "state must be a dict, got str"),
        ({"format": "other"}, ValueError, "this is not a monitor's state"),
        ({"version": 99}, ValueError, "state has version 99, this build reads version 1"),
        ({"monitor": "zz"}, ValueError, "state is damaged: impossible value in entry 'monitor'"),
        ({"monitor": "00" * 40}, ValueError, "this is not a saved state"),
        ({"groups": 3}, ValueError, "state is damaged: impossible value in entry 'groups'"),
        ({"fault": "x"}, ValueError, "state is damaged: impossible value in entry 'fault'"),
        ({"note": 3}, ValueError, "state is damaged: impossible value in entry 'note'"),
        ({"note_row": -1}, ValueError, "state is damaged: impossible value in entry 'note_row'"),
        ({"tombstones": "x"}, ValueError, "state is damaged: impossible value in entry 'tombstones'"),
        ({"tombstones": {"head": 1, "records": 1}}, ValueError, "impossible value in entry 'tombstones'"),
    ],
)
def test_a_damaged_state_is_refused_and_changes_nothing(
    change: dict[str, Any] | None, error: type[Exception], text: str
):
    monitor = warm(50)
    before = monitor.state_dict()
    with pytest.raises(error, match=text):
        monitor.load_state_dict("x" if change is None else {**before, **change})
    assert monitor.state_dict() == before


def test_a_state_is_small():
    assert len(bytes.fromhex(warm(300).state_dict()["monitor"])) < 22_000


def test_a_flipped_digit_of_a_state_is_noticed():
    monitor = warm(50)
    state = monitor.state_dict()
    digits = state["monitor"]
    state["monitor"] = digits[:500] + ("0" if digits[500] != "0" else "1") + digits[501:]
    with pytest.raises(ValueError, match="state is damaged: checksum"):
        monitor.load_state_dict(state)


def groups_run(monitor: Monitor, faulty: set[str], rows: int) -> list[Any]:
    rng, alarms = np.random.default_rng(10), []
    for at in range(rows):
        for name in ("embed", "body", "head"):
            norm = 0.0 if name in faulty and at >= 300 else 0.01 * (1 + 0.1 * rng.random())
            monitor.group(name).update(grad_norm=1 + 0.1 * rng.random(), step_norm=norm, lr=0.01)
        alarms += monitor.update(**healthy_row(rng)).alarms
    return alarms


def test_a_frozen_group_is_one_alarm_that_names_it():
    (alarm,) = groups_run(Monitor(), {"head"}, 380)
    assert (alarm.rule, alarm.family, alarm.groups) == ("frozen_step", "dead", ["head"])
    assert alarm.step == 304


def together(monitor: Monitor, change: dict[str, float], rows: int = 400) -> list[Any]:
    """Feed groups that one shared noise moves up and down together, some of them by a factor from row 300 on."""
    rng, alarms = np.random.default_rng(3), []
    for at in range(rows):
        shared = np.exp(0.4 * rng.normal())
        for name in ("embed", "body", "head"):
            norm = shared * (1 + 0.1 * rng.random()) * (change.get(name, 1.0) if at >= 300 else 1.0)
            monitor.group(name).update(grad_norm=1 + 0.1 * rng.random(), step_norm=norm, lr=0.01)
        alarms += monitor.update(**healthy_row(rng)).alarms
    return alarms


@pytest.mark.parametrize(("factor", "score"), [(2.0, "update_up"), (0.5, "update_down")])
def test_a_group_that_leaves_the_others_is_seen_though_all_of_them_are_noisy(factor: float, score: str):
    (alarm,) = together(Monitor(), {"head": factor})
    assert (alarm.rule, alarm.groups[0]) == (score, "head")
    assert alarm.step < 310
    assert alarm.ratio == pytest.approx(factor, rel=0.5)


def test_what_moves_all_groups_is_no_fault_of_one():
    assert together(Monitor(), dict.fromkeys(("embed", "body", "head"), 3.0)) == []


def test_a_lone_group_is_compared_with_its_own_past():
    monitor, rng, alarms = Monitor(), np.random.default_rng(3), []
    for at in range(400):
        norm = (1 + 0.1 * rng.random()) * (2.0 if at >= 300 else 1.0)
        monitor.group("head").update(grad_norm=1 + 0.1 * rng.random(), step_norm=norm, lr=0.01)
        alarms += monitor.update(**healthy_row(rng)).alarms
    assert [(alarm.rule, alarm.groups) for alarm in alarms] == [("update_up", ["head"])]


def test_groups_go_on_bit_for_bit_after_a_resume():
    whole, first = Monitor(), Monitor()
    rng = np.random.default_rng(5)
    for at in range(200):
        norms, row = rng.random(3), healthy_row(rng)
        if at == 100:
            second = Monitor()
            second.load_state_dict(first.state_dict())
            first = second
        for monitor in (whole, first):
            for name, norm in zip("abc", norms.tolist()):
                monitor.group(name).update(grad_norm=1 + norm, step_norm=1 + norm, lr=0.01)
            monitor.update(**row)
    assert first.state_dict() == whole.state_dict()


def test_the_same_fault_in_all_groups_is_one_alarm():
    (alarm,) = groups_run(Monitor(), {"embed", "body", "head"}, 380)
    assert alarm.groups == ["embed", "body", "head"]


def test_the_strongest_group_is_named_first():
    monitor = Monitor()
    monitor.group("embed").update(grad_norm=math.nan, step_norm=0.1)
    monitor.group("head").update(grad_norm=math.nan, step_norm=math.nan)
    (alarm,) = monitor.update(loss=1.0).alarms
    assert alarm.groups == ["head", "embed"]


def test_groups_survive_a_resume():
    monitor = Monitor()
    groups_run(monitor, {"head"}, 320)
    other = Monitor()
    other.load_state_dict(monitor.state_dict())
    assert other.state_dict() == monitor.state_dict()
    assert other.update().status == "suspect"
    assert other.group("head").name == "head"


def test_a_healthy_run_with_groups_is_quiet():
    assert groups_run(Monitor(), set(), 600) == []


def test_many_rows_come_as_a_mapping_an_array_or_one_by_one():
    rows = (1 + 0.1 * np.random.default_rng(11).random((400, 5))) * np.array([1, 1, 0.01, 1, 0.01])
    rows[300, 0] = math.inf
    answers = []
    for form in (dict(zip(SIGNALS, rows.T)), rows, rows.tolist(), iter(rows.tolist()), np.asfortranarray(rows)):
        monitor = Monitor()
        updates = monitor.update_many(form)
        answers.append(([(status, repr(alarms)) for status, alarms in updates], monitor.state_dict()["monitor"]))
    assert answers == answers[:1] * 5
    assert answers[0][0][300][0] == "failing"


def test_a_loss_alone_needs_no_row():
    losses = [1.0, 2.0, math.nan]
    wanted = Monitor().update_many([[loss] for loss in losses])
    for form in (losses, np.array(losses), {"loss": losses}):
        assert list(map(repr, Monitor().update_many(form))) == list(map(repr, wanted))


def test_updates_are_a_sequence_of_status_and_alarms():
    updates = Monitor().update_many([1.0, math.inf, 1.1, math.nan])
    assert (len(updates), updates.status) == (4, ["warming_up", "failing", "failing", "failing"])
    assert [alarm.rule for alarm in updates.alarms] == ["nonfinite"]
    assert (updates[1][1][0].row, updates[-1], updates[-4]) == (1, ("failing", []), ("warming_up", []))
    for index in (4, -5):
        with pytest.raises(IndexError, match=f"index {index} is out of range: there are 4 rows"):
            updates[index]


def test_updates_become_a_frame_of_one_row_a_step():
    pandas = pytest.importorskip("pandas")
    frame = Monitor().update_many([1.0, math.inf]).to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert frame.to_dict("list") == {"status": ["warming_up", "failing"], "alarms": ["", "nonfinite"]}


@pytest.mark.parametrize(
    ("rows", "kind", "text"),
    [
        ({"los": [1.0]}, TypeError, "'los' is none of loss, grad_norm, step_norm, noise, lr, step and batch_id"),
        ({"loss": [1.0], "lr": [1.0, 2.0]}, ValueError, "loss and lr must have the same length, got 1 and 2"),
        (np.zeros((2, 6)), ValueError, "rows must hold at most 5 signals, got 6"),
        ("123", TypeError, "rows[0] must be a sequence of signals, got str"),
    ],
)
def test_rows_of_the_wrong_form_are_named(rows: Any, kind: type[Exception], text: str):
    with pytest.raises(kind, match=text.replace("[", r"\[").replace("]", r"\]")):
        Monitor().update_many(rows)


def test_a_snapshot_gives_its_signals_back_and_becomes_a_dict():
    snap = Monitor().update(loss=math.inf, grad_norm=2.0, lr=0.1, step=7)
    assert (snap.loss, snap.grad_norm, snap.step_norm, snap.noise, snap.lr) == (math.inf, 2.0, None, None, 0.1)
    row = snap.to_dict()
    assert all(row[name] == getattr(snap, name) for name in ("step", "status", "loss", "lr", "firing", "onset"))
    assert row["alarms"] == [snap.alarms[0].to_dict()]
    assert row["alarms"][0]["rule"] == snap.alarms[0].rule
    assert "<td>nonfinite</td>" in snap._repr_html_()
