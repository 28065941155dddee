"""Rows in a run's own history, offline: no key, no network."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import wandb
from wandb.proto.wandb_internal_pb2 import Record
from watched import snapshots

from anet_lite import StreamDetector
from anet_lite.integrations.remarks import Remark
from anet_lite.integrations.wandb import WandbTracker
from incident_run import CHANGES, ENDS, OPENS, incident_run
from told_alarm import begun, over

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDS = ("wandb",)

BLOCK, HEAD = 32768, 7


def records(run) -> list[Record]:
    """The records of a finished offline run, whose last one its service writes a little later."""
    file = next(Path(run.dir).parent.glob("*.wandb"))
    for _ in range(100):
        found = list(read(file.read_bytes()))
        if found and found[-1].HasField("exit"):
            return found
        time.sleep(0.1)
    raise TimeoutError(f"{file} has no end")


def read(content: bytes) -> Iterator[Record]:
    """Read LevelDB blocks of 32 KiB after a header of 7 bytes."""
    place, whole = 7, b""
    while place + HEAD <= len(content):
        left = BLOCK - place % BLOCK
        if left < HEAD:
            place += left
            continue
        size, kind = int.from_bytes(content[place + 4 : place + 6], "little"), content[place + 6]
        whole += content[place + HEAD : place + HEAD + size]
        place += HEAD + size
        if kind in (1, 4):
            yield Record.FromString(whole)
            whole = b""


def history(run) -> dict[int, dict[str, str]]:
    """What each step of a run's history holds, as JSON texts."""
    rows: dict[int, dict[str, str]] = defaultdict(dict)
    for record in records(run):
        if record.HasField("history"):
            items = {"/".join(item.nested_key) or item.key: item.value_json for item in record.history.item}
            rows[record.history.step.num].update(items)
    return rows


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("WANDB_SILENT", "true")
    run = wandb.init(mode="offline", dir=tmp_path, project="anet")
    yield run
    run.finish()


def test_rows_stand_at_their_training_step(run):
    tracker = WandbTracker(run, every=10)
    for seen in snapshots():
        tracker.log(seen)
    run.finish()
    rows = history(run)
    assert {step: rows[step]["anet/step"] for step in rows} == {0: "0", 10: "10", 20: "20"}
    assert float(rows[10]["anet/loss"]) == 1.0 + 0.1 * (10 % 7)
    assert math.isnan(float(rows[20]["anet/loss"].strip('"')))
    assert rows[20]["anet/alarm/nonfinite"] in ("1", "1.0")


def test_rows_of_the_user_are_kept_and_shared(run):
    tracker = WandbTracker(run, every=1)
    for step, seen in enumerate(snapshots(6, bad=9)):
        tracker.log(seen)
        run.log({"mine": step}, step=step)
    run.finish()
    rows = history(run)
    assert [(rows[step]["mine"], rows[step]["anet/step"]) for step in range(6)] == [(str(s), str(s)) for s in range(6)]


def test_a_history_that_is_ahead_loses_nothing(run):
    tracker = WandbTracker(run, every=1)
    for _ in range(100):
        run.log({"mine": 1})
    for seen in snapshots(5, bad=9):
        tracker.log(seen)
        run.log({"mine": 2})
    run.finish()
    steps = [row["anet/step"] for row in history(run).values() if "anet/step" in row]
    assert steps == ["0", "1", "2", "3", "4"]


def test_merging_makes_no_rows(run):
    tracker = WandbTracker(run, every=1, merge=True)
    for epoch in range(3):
        for seen in snapshots(5, bad=9):
            tracker.log(seen)
        run.log({"mine": epoch}, step=epoch)
    run.finish()
    rows = history(run)
    assert [(step, row["mine"], row.get("anet/step")) for step, row in rows.items()] == [
        (0, "0", "4"),
        (1, "1", "4"),
        (2, "2", None),
    ]


def test_an_alarm_is_an_alert_and_not_twice(run, monkeypatch):
    alerts = []
    monkeypatch.setattr(run, "alert", lambda **alert: alerts.append(alert))
    tracker = WandbTracker(run)
    for _ in range(2):
        for seen in snapshots():
            tracker.log(seen)
    assert [alert["title"] for alert in alerts[1:]] == ["step 0: over, warming_up"], "the second run began anew"
    assert alerts[0]["title"] == "step 20: failing, nonfinite"
    assert alerts[0]["level"] == wandb.AlertLevel.ERROR


def test_an_incident_is_an_alert_where_it_opens_changes_and_ends_and_the_summary_has_the_newest(run, monkeypatch):
    alerts = []
    monkeypatch.setattr(run, "alert", lambda **alert: alerts.append(alert))
    tracker = WandbTracker(run)
    for seen in incident_run(first=140):
        tracker.log(seen)
    levels = wandb.AlertLevel
    assert [alert["level"] for alert in alerts] == [levels.WARN, levels.ERROR, levels.INFO]
    assert [alert["title"].partition(":")[0] for alert in alerts] == [f"step {at}" for at in (OPENS, CHANGES, ENDS)]
    assert run.summary["anet/incidents"] == 1
    assert run.summary["anet/last_title"] == f"step {ENDS}: over, healthy"
    assert run.summary["anet/last_message"] == alerts[-1]["text"]


def test_a_remark_on_the_loop_is_an_alert(run, monkeypatch):
    alerts = []
    monkeypatch.setattr(run, "alert", lambda **alert: alerts.append(alert))
    tracker = WandbTracker(run)
    tracker.tell(Remark("stalls", 7, "No step has come for 10 minutes."))
    assert [(alert["title"], alert["text"]) for alert in alerts] == [
        ("step 7: stalls", "No step has come for 10 minutes.")
    ]
    assert run.summary["anet/incidents"] == 0


def test_a_real_alert_is_taken(run):
    tracker = WandbTracker(run)
    for seen in snapshots():
        tracker.log(seen)
    run.finish()
    alerts = [record.alert for record in records(run) if record.HasField("alert")]
    assert [alert.title for alert in alerts] == ["step 20: failing, nonfinite"]


def test_samples_of_a_stream_have_rows_and_a_count_of_their_own(run, monkeypatch):
    alerts, detector = [], StreamDetector()
    monkeypatch.setattr(run, "alert", lambda **alert: alerts.append(alert))
    tracker = WandbTracker(run, every=2)
    for _ in range(4):
        tracker.log(detector.push(1.0), "cpu")
    tracker.log(begun())
    tracker.log(over(begun()))
    run.finish()
    rows = [row for row in history(run).values() if "anet/stream/cpu/sample" in row]
    assert [int(row["anet/stream/cpu/sample"]) for row in rows] == [0, 2, 900, 904]
    assert [float(row["anet/stream/cpu/p_value"]) for row in rows[:2]] == [1.0, 1.0]
    assert [float(row["anet/stream/cpu/alarm"]) for row in rows[2:]] == [1.0, 0.0]
    assert [(alert["title"], alert["level"]) for alert in alerts] == [
        ("cpu row 900: alarm", wandb.AlertLevel.WARN),
        ("cpu row 904: over", wandb.AlertLevel.INFO),
    ]


def test_a_run_that_fails_is_reported_once(run, monkeypatch, caplog):
    def fail(*_, **__):
        raise OSError("gone")

    monkeypatch.setattr(run, "log", fail)
    tracker = WandbTracker(run, every=1)
    for seen in snapshots():
        tracker.log(seen)
    assert caplog.text.count("writing to Weights & Biases failed") == 1


def test_a_run_is_needed():
    with pytest.raises(ValueError, match=r"run must be given where wandb\.init has not been called"):
        WandbTracker()


@pytest.mark.parametrize(("every", "error"), [(0, ValueError), (1.5, TypeError), (True, TypeError)])
def test_every_must_be_a_count(run, every, error):
    with pytest.raises(error, match="every must be"):
        WandbTracker(run, every=every)
