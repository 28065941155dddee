"""Named signals: what a monitor says of a reward, a divergence or an evaluation loss, and how files carry them."""

from __future__ import annotations

import csv
import json
import pickle
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import command_line
from anet_lite import Monitor, Recorder, explain, report
from anet_lite._native import AnetTypeError, AnetValueError, known_signal
from anet_lite.integrations.logged_signals import LoggedSignals
from anet_lite.integrations.session import Session
from anet_lite.reader.follow import Watched
from anet_lite.replay import replay
from anet_lite.verdict import judge, sentence

if TYPE_CHECKING:
    from pathlib import Path

    from anet_lite import Alarm

RANDOM = np.random.default_rng(0)
COLLAPSE = 300
OVERFITTING = [0.62, 0.54, 0.515, 0.55, 0.61, 0.7, 0.8, 0.921]


def policy_run(values: int = 400) -> dict[str, list[float]]:
    """A policy whose entropy and reward collapse, and whose divergence grows, within 50 steps."""
    collapse = np.clip((np.arange(values) - COLLAPSE) / 50, 0, 1)
    noise = RANDOM.normal(size=(4, values))
    return {
        "loss": list(0.1 * noise[0]),
        "entropy": list((3.3 - 1.9 * collapse) * (1 + 0.03 * noise[1])),
        "kl": list((0.03 + 1.57 * collapse) * np.exp(0.3 * noise[2])),
        "reward": list(0.6 * (1 - collapse * 2 / 3) + 0.06 * noise[3]),
    }


RUN = policy_run()


def told(alarms: list[Alarm]) -> list[tuple[str, str]]:
    return [(alarm.rule, alarm.signal) for alarm in alarms]


def test_a_policy_that_collapses_is_seen_in_each_of_its_signals_as_one_incident():
    found = Monitor().update_many(RUN)
    assert sorted(told(found.alarms)) == [("signal_fall", "entropy"), ("signal_fall", "reward"), ("signal_rise", "kl")]
    assert all(COLLAPSE < alarm.row < COLLAPSE + 40 for alarm in found.alarms)
    assert len({alarm.incident for alarm in found.alarms}) == 1
    assert found.status[-1] == "failing"


def test_the_summary_lists_the_incidents_of_named_signals():
    monitor = Monitor()
    monitor.update_many(RUN)
    summary = monitor.summary()
    (incident,) = summary.incidents
    assert summary.incident_count == 1
    assert sorted(incident.rules) == ["signal_fall", "signal_rise"]
    assert (incident.worst, incident.end, incident.before) == ("failing", None, None)


def test_an_alarm_says_the_value_beside_the_usual_one():
    alarm = next(alarm for alarm in Monitor().update_many(RUN).alarms if alarm.signal == "entropy")
    assert alarm.expected == pytest.approx(3.3, rel=0.02)
    assert 0.8 < (alarm.ratio or 0) < 0.97
    assert alarm.family == "named_signal"
    assert alarm.strength > 1


def test_one_by_one_is_the_same_as_many_at_once():
    monitor, alarms = Monitor(), list[Any]()
    for at in range(len(RUN["loss"])):
        alarms += monitor.update(**{name: values[at] for name, values in RUN.items()}).alarms
    assert [alarm.to_dict() for alarm in alarms] == [alarm.to_dict() for alarm in Monitor().update_many(RUN).alarms]


def test_healthy_named_signals_move_no_alarm_of_the_whole():
    loss = np.r_[1 + 0.05 * RANDOM.normal(size=400), 3 + 0.05 * RANDOM.normal(size=50)]
    alone = Monitor().update_many({"loss": loss}).alarms
    steady = {f"load {i}": 1 + 0.1 * RANDOM.normal(size=450) for i in range(8)}
    beside = Monitor(signals=dict.fromkeys(steady, "both")).update_many({"loss": loss, **steady}).alarms
    assert alone
    assert [a.to_dict() for a in beside if a.signal == "loss"] == [a.to_dict() for a in alone]


def test_a_signal_may_come_now_and_then():
    monitor, alarms = Monitor(), list[Any]()
    for step in range(500 * len(OVERFITTING)):
        value = OVERFITTING[step // 500] if step % 500 == 499 else None
        alarms += monitor.update(1 + 0.1 * (step % 7), eval_loss=value).alarms
    assert told(alarms) == [("overfit", "eval_loss")]
    assert (alarms[0].expected, alarms[0].length, alarms[0].row) == (0.515, 5, 3999)


def test_what_is_not_finite_is_told_in_its_row():
    monitor = Monitor()
    monitor.update(1.0, kl=0.1)
    snap = monitor.update(1.0, kl=float("nan"), val_loss=float("inf"))
    assert told(snap.alarms) == [("signal_nonfinite", "kl"), ("signal_nonfinite", "val_loss")]
    assert snap.status == "failing"
    assert monitor.update(1.0, kl=0.1, val_loss=0.2).alarms == []


def test_a_change_that_was_announced_forgets_what_was_usual():
    monitor = Monitor()
    monitor.update_many({"reward": 1 + 0.02 * RANDOM.normal(size=200)})
    monitor.note("another reward model")
    assert monitor.update_many({"reward": 0.1 + 0.02 * RANDOM.normal(size=200)}).alarms == []


def test_a_snapshot_holds_the_signals_of_its_row():
    snap = Monitor(signals={"router_load": "both"}).update(1.0, reward=2)
    assert snap.signals == {"reward": 2.0}
    assert snap.to_dict()["signals"] == {"reward": 2.0}
    assert "reward" in snap._repr_html_()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("reward", ("falls", "policy")),
        ("objective/kl", ("rises", "policy")),
        ("critic/rewards/mean", ("falls", "policy")),
        ("eval_wiki_loss", ("rises", "evaluation_loss")),
        ("my-run - val/loss", ("rises", "evaluation_loss")),
        ("Tokens per s", ("falls", "resource")),
        ("rewards/format_reward/mean", ("falls", "policy")),
        ("rewards/format_reward/std", None),
        ("clip_ratio/region_mean", ("rises", "policy")),
        ("rewards/margins", ("falls", "supervised")),
        ("eval_rewards/margins", ("falls", "evaluation")),
        ("eval_num_tokens", None),
        ("val_step_time", None),
        ("loss", None),
        ("train/loss", None),
        ("router_load", None),
        ("学習率", None),
    ],
)
def test_names_in_common_use_have_a_direction(name: str, wanted: tuple[str, str] | None):
    assert known_signal(name) == wanted


@pytest.mark.parametrize(
    ("call", "kind", "text"),
    [
        (
            lambda: Monitor().update(1.0, los=2.0),
            AnetTypeError,
            "'los' is none of loss, grad_norm, step_norm, noise, lr",
        ),
        (lambda: Monitor().update(1.0, kl="a"), AnetTypeError, "kl must be a real number, got str"),
        (lambda: Monitor().update_many({"los": [1.0]}), AnetTypeError, "'los' is none of loss"),
        (lambda: Monitor(signals=["los"]), AnetValueError, "signals: 'los' is no name in common use"),
        (
            lambda: Monitor(signals={"los": "up"}),
            AnetValueError,
            "the direction of los must be 'rises', 'falls', 'both'",
        ),
        (lambda: Monitor(signals={"lr": "falls"}), AnetValueError, "signal must be a name beside loss, grad_norm"),
        (lambda: Monitor(signals="kl"), AnetTypeError, "signals must be a mapping of directions by name, or a list"),
        (lambda: Monitor(signals=[1]), AnetTypeError, "a name of signals must be a str, got int"),  # type: ignore[list-item]
        (lambda: Monitor().update_many({"loss": [1.0], "kl": [1.0, 2.0]}), AnetValueError, "must have the same length"),
        (lambda: Monitor().update_many({"kl": [1.0, "a"]}), AnetTypeError, r"kl\[1\] must be a real number, got str"),
        (lambda: Session(Monitor(), signals=["kl"]), AnetValueError, "signals must be given to the monitor"),
        (lambda: LoggedSignals(Monitor(), ["los"]), AnetValueError, "the monitor knows no direction of 'los'"),
    ],
)
def test_a_wrong_argument_is_named(call: Any, kind: type[Exception], text: str):
    with pytest.raises(kind, match=text):
        call()


def test_the_mean_of_a_reward_model_is_none_of_a_policy():
    policy, model = {"mean_reward": 0.3, "kl": 0.1}, {"mean_reward": 0.3, "margin": 0.5}
    assert LoggedSignals(None, None).of(policy) == policy
    assert LoggedSignals(None, None).of(model) == {"margin": 0.5}
    assert LoggedSignals(Monitor(), ["mean_reward"]).of(model) == {"mean_reward": 0.3}


def test_a_refused_row_changes_nothing():
    monitor = Monitor()
    with pytest.raises(AnetTypeError):
        monitor.update(1.0, kl=0.1, los=2.0)
    assert (monitor.rows, monitor.signals) == (0, {})


def test_a_state_brings_the_signals_back():
    monitor, half = Monitor(signals={"router_load": "both"}), {name: values[:250] for name, values in RUN.items()}
    monitor.update_many(half)
    rest = {name: values[250:] for name, values in RUN.items()}
    loaded, restored = Monitor(), Monitor(signals={"router_load": "both"})
    loaded.load_state_dict(json.loads(json.dumps(monitor.state_dict())))
    restored.restore(monitor.manifest(), {**monitor.changed_pages()})
    copies = [loaded, restored, pickle.loads(pickle.dumps(monitor))]
    wanted = [alarm.to_dict() for alarm in monitor.update_many(rest).alarms]
    assert wanted
    for copy in copies:
        assert copy.signals["router_load"] == "both"
        assert [alarm.to_dict() for alarm in copy.update_many(rest).alarms] == wanted


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_records_carry_named_signals_there_and_back(form: str, tmp_path: Path):
    monitor, path = Monitor(signals=["val_loss"]), str(tmp_path / f"run.{form}")
    with Recorder(path) as recorder:
        for step in range(80):
            recorder.write(
                monitor.update(
                    1 + 0.1 * (step % 7), reward=0.5, val_loss=OVERFITTING[step // 10] if step % 10 == 9 else None
                )
            )
    assert [name for name, _ in recorder.columns][-3:] == ["val_loss", "reward", "nonfinite"]
    found = replay(path, Monitor(), {}, lambda _: None)
    assert found.signals == {"val_loss": "rises", "reward": "falls"}
    assert [incident.rules for incident in found.incidents] == [["overfit"]]
    assert (found.verdict.kind, found.verdict.since, found.verdict.signal) == ("overfits", 29, "val_loss")
    page = report(path)
    assert '"title":"val_loss"' in page
    assert '"title":"reward"' in page


def test_a_signal_without_a_column_is_left_out_and_told_once(tmp_path: Path):
    monitor, path = Monitor(), str(tmp_path / "run.jsonl")
    with Recorder(path) as recorder:
        recorder.write(monitor.update(1.0))
        with pytest.warns(RuntimeWarning, match="has no column for kl, which came after its first record"):
            recorder.write(monitor.update(1.0, kl=0.1))
    assert (recorder.records, recorder.lost) == (2, 0)


def written(path: Path, columns: dict[str, Any]) -> str:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values()))
    return str(path)


def test_replay_takes_known_columns_by_themselves_and_others_by_the_option(tmp_path: Path):
    path = written(tmp_path / "run.csv", {**RUN, "router_load": RUN["entropy"]})
    found = json.loads(command_line.run("replay", path, "--json").stdout)
    assert found["signals"] == {"entropy": "falls", "kl": "rises", "reward": "falls"}
    found = json.loads(command_line.run("replay", path, "--json", "--signal", "router_load=both").stdout)
    assert found["signals"]["router_load"] == "both"
    text = command_line.run("replay", path).stdout
    assert "named signals: entropy (falls), kl (rises), reward (falls)" in " ".join(text.split())


def test_a_declared_signal_without_a_column_is_one_sentence(tmp_path: Path):
    path = written(tmp_path / "run.csv", RUN)
    with pytest.raises(AnetValueError, match="has no column 'router_load'; its columns are loss, entropy"):
        replay(path, Monitor(signals={"router_load": "both"}), {}, lambda _: None)


def test_an_evaluation_that_is_logged_behind_its_step_belongs_to_it(tmp_path: Path):
    history: list[dict[str, float]] = []
    for step in range(80):
        history.append({"loss": 2 - step / 100, "step": step})
        if step % 10 == 9:
            history.append({"eval_loss": OVERFITTING[step // 10], "step": step})
    (tmp_path / "trainer_state.json").write_text(json.dumps({"log_history": history}))
    found = replay(str(tmp_path / "trainer_state.json"), Monitor(), {}, lambda _: None)
    assert (found.rows, found.verdict.kind, found.verdict.since, found.verdict.step) == (80, "overfits", 29, 29)
    assert (
        sentence(found.verdict) == "Overfits from step 29 on: eval_loss was 0.515 there, its best, and ends at 0.921."
    )
    assert "過学習" in sentence(found.verdict, "ja")


def test_what_is_watched_keeps_an_evaluation_for_the_step_that_follows(tmp_path: Path):
    path = tmp_path / "run.jsonl"
    rows = [{"loss": 2.0, "step": 0}, {"eval_loss": 0.5, "step": 0}, {"kl": 0.1}, {"loss": 1.9, "step": 1}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    run = Watched(str(path), Monitor(), {})
    run.look()
    assert (run.rows, run.monitor.rows) == (2, 2)
    assert {name: list(run.curves[name]) for name in ("eval_loss", "kl")} == {"eval_loss": [0.5], "kl": [0.1]}


def evaluations(losses: Any) -> dict[str, Any]:
    return {"eval_loss": (np.array(losses, dtype=float), np.ones(len(losses), dtype=bool))}


FALL = np.linspace(3, 1, 200), np.ones(200, dtype=bool)


@pytest.mark.parametrize(
    ("losses", "kind"),
    [
        (OVERFITTING, "overfits"),
        ([0.6, 0.515, 0.6, 0.75, 0.921], "overfits"),
        ([0.515, 0.6, 0.75, 0.921], "overfits"),
        ([0.9, 0.7, 0.6, 0.55, 0.52, 0.515], "healthy"),
        ([0.5, 0.48, 0.49, 0.51, 0.5], "healthy"),
        ([0.515, 0.6, 0.921], "healthy"),
        ([0.5, 0.48, 0.9, 0.47, 0.46, 0.45, 0.46, 0.45, 0.9], "healthy"),
        ([0.5, float("nan")], "failing"),
        ([float("nan"), 0.5], "healthy"),
        ([], "healthy"),
    ],
)
def test_a_verdict_tells_what_an_evaluation_loss_came_to(losses: list[float], kind: str):
    assert judge(FALL, None, 0, evaluations(losses)).kind == kind


def test_a_worse_verdict_on_the_training_loss_stays():
    lost = np.r_[np.linspace(3, 1, 200), 5 + 0.1 * RANDOM.normal(size=100)], np.ones(300, dtype=bool)
    assert judge(lost, None, 0, evaluations(OVERFITTING)).reason == "level"


def test_noisy_flat_evaluations_do_not_overfit():
    random = np.random.default_rng(3)
    flat = [1 + 0.02 * random.normal(size=count) for count in (4, 6, 8, 20, 60) for _ in range(100)]
    verdicts = [judge(FALL, None, 0, evaluations(losses)).kind for losses in flat]
    assert verdicts.count("overfits") <= 1
    online = sum(len(Monitor().update_many({"eval_loss": losses}).alarms) for losses in flat)
    assert online <= 1


def test_a_log_gives_the_names_whose_direction_is_known_or_those_that_were_chosen():
    logs = {"loss": 1.0, "kl": 0.1, "reward": 0.5, "router_load": 2.0, "text": "a", "eval_loss": "no number"}
    assert LoggedSignals(None, None).of(logs) == {"kl": 0.1, "reward": 0.5}
    assert LoggedSignals(None, {"router_load": "both"}).of(logs) == {"router_load": 2.0}
    assert LoggedSignals(Monitor(signals={"router_load": "both"}), None).of(logs) == {
        "kl": 0.1,
        "reward": 0.5,
        "router_load": 2.0,
    }
    assert LoggedSignals(None, ()).of(logs) == {}


def test_a_count_of_faults_alarms_at_once_with_its_own_words_and_cause():
    monitor = Monitor(signals={"dropped": "nonzero"})
    for _ in range(300):
        monitor.update(loss=1.0 + 0.01 * (monitor.rows % 7), lr=0.1, dropped=0, ranks_out_of_sync=0.0)
    snap = monitor.update(loss=1.0, lr=0.1, dropped=2, ranks_out_of_sync=1)
    assert [(alarm.rule, alarm.family, alarm.signal) for alarm in snap.alarms] == [
        ("signal_nonzero", "named_signal", "dropped"),
        ("signal_nonzero", "named_signal", "ranks_out_of_sync"),
    ]
    assert snap.status == "failing"
    text = explain(snap).paragraph
    assert "dropped is 2 and must be 0 (signal_nonzero)" in text
    assert "the copies of the model have drifted apart" in text
    assert "droppedは2です(0でなければなりません)" in explain(snap, lang="ja").paragraph
    assert monitor.signals["dropped"] == "nonzero"
