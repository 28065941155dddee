"""Event files are those that TensorBoard reads, and torch is not needed to write them."""

from __future__ import annotations

import math
import pickle
import subprocess
import sys

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util.tensor_util import make_ndarray
from watched import snapshots

from anet_lite import Monitor, StreamDetector
from anet_lite.integrations.tensorboard import MESSAGES, TensorBoardTracker
from incident_run import CHANGES, ENDS, OPENS, incident_run
from told_alarm import begun, over

NEEDS = ("tensorboard",)


def read(folder) -> dict[str, dict[int, float]]:
    events = EventAccumulator(str(folder), size_guidance={"tensors": 0}).Reload()
    names = set(events.Tags()["tensors"]) - {MESSAGES}
    return {name: {e.step: float(make_ndarray(e.tensor_proto)) for e in events.Tensors(name)} for name in names}


def messages(folder) -> list[tuple[int, str]]:
    events = EventAccumulator(str(folder), size_guidance={"tensors": 0}).Reload()
    assert events.SummaryMetadata(MESSAGES).plugin_data.plugin_name == "text"
    return [(event.step, make_ndarray(event.tensor_proto).item().decode()) for event in events.Tensors(MESSAGES)]


def test_an_incident_is_told_among_the_texts_where_it_opens_changes_and_ends(tmp_path):
    with TensorBoardTracker(tmp_path, every=10, lang="ja") as tracker:
        for seen in incident_run(first=140):
            tracker.log(seen)
    told = messages(tmp_path)
    assert [step for step, _ in told] == [OPENS, CHANGES, ENDS]
    assert told[0][1].startswith(f"**ステップ{OPENS}: 要注意、jump_loss**\n\nステップ{OPENS}: ")
    assert "学習は正常に戻りました" in told[2][1]
    incident = read(tmp_path)["anet/incident"]
    assert (incident[150], incident[OPENS], incident[200], incident[ENDS]) == (0.0, 1.0, 1.0, 0.0)


def test_numbers_are_read_back(tmp_path):
    run = snapshots()
    with TensorBoardTracker(tmp_path, every=5) as tracker:
        for seen in run:
            tracker.log(seen)
    numbers = read(tmp_path)
    assert set(numbers["anet/f_total"]) == {0, 5, 10, 15, 20, 25}
    for step in (0, 5, 25):
        assert numbers["anet/loss"][step] == pytest.approx(run[step].recent("loss")[-1])
        assert numbers["anet/f_total"][step] == pytest.approx(run[step].f_total, nan_ok=True)
    assert math.isnan(numbers["anet/loss"][20])
    assert numbers["anet/alarm/nonfinite"] == {20: 1.0}


def test_another_tracker_continues_the_folder(tmp_path):
    run = snapshots()
    for part in (run[:10], run[10:]):
        with TensorBoardTracker(tmp_path, every=1) as tracker:
            for seen in part:
                tracker.log(seen)
    assert set(read(tmp_path)["anet/status"]) == set(range(30))


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path, caplog):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with TensorBoardTracker(tmp_path / "file" / "run", every=1) as tracker:
        for seen in snapshots():
            tracker.log(seen)
    assert tracker.lost == 30
    assert caplog.text.count("writing to TensorBoardTracker failed") == 1


def test_torch_is_not_imported(tmp_path):
    program = """
import sys
from anet_lite import Monitor
from anet_lite.integrations.tensorboard import TensorBoardTracker
with TensorBoardTracker(sys.argv[1]) as tracker:
    tracker.log(Monitor().update(loss=1.0))
assert not {"torch", "tensorflow"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
    assert read(tmp_path)["anet/loss"] == {0: 1.0}


def test_a_tracker_at_work_can_be_pickled(tmp_path):
    with TensorBoardTracker(tmp_path, every=1) as tracker:
        tracker.log(Monitor().update(loss=1.0, step=0))
        tracker.flush()
        with pickle.loads(pickle.dumps(tracker)) as other:
            other.log(Monitor().update(loss=2.0, step=1))
    assert read(tmp_path)["anet/loss"] == {0: 1.0, 1: 2.0}


def test_a_stream_is_a_tag_over_its_samples(tmp_path):
    detector = StreamDetector()
    with TensorBoardTracker(tmp_path, every=2) as tracker:
        for _ in range(4):
            tracker.log(detector.push(1.0), "cpu")
        tracker.log(begun())
        tracker.log(over(begun()))
    numbers = read(tmp_path)
    assert numbers["anet/stream/cpu/p_value"] == {0: 1.0, 2: 1.0}
    assert numbers["anet/stream/cpu/alarm"] == {900: 1.0, 904: 0.0}
