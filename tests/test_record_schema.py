"""What ``Recorder`` writes is what the schema of a record says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from anet_lite import Monitor, Recorder, snapshot
from anet_lite.documents import schema_text

if TYPE_CHECKING:
    from pathlib import Path

RECORD = Draft202012Validator(json.loads(schema_text("record")))


def written(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_records_of_a_run_that_breaks_are_of_their_schema(tmp_path: Path) -> None:
    monitor = Monitor(signals={"reward": "falls"})
    with Recorder(tmp_path / "run.jsonl") as recorder:
        for step in range(300):
            loss = float("nan") if step > 290 else 2.0 + 0.1 * (step % 7)
            recorder.write(monitor.update(loss=loss, reward=1.0, lr=0.1), epoch=step // 100, kept=True, host="a")
            if step == 100:
                monitor.note("new data")
    records = written(tmp_path / "run.jsonl")
    for record in records:
        RECORD.validate(record)
    assert (len(records), records[-1]["nonfinite"][:8], records[0]["host"]) == (300, "loss=NaN", "a")


def test_records_of_metrics_alone_are_of_the_schema(tmp_path: Path) -> None:
    with Recorder(tmp_path / "run.jsonl") as recorder:
        recorder.write(snapshot([1.0, 2.0], [1.0, 2.0], [1.0, 2.0], [1.0, 2.0], [1.0, 2.0]))
    RECORD.validate(written(tmp_path / "run.jsonl")[0])


@pytest.mark.parametrize("damage", [{"status": "fine"}, {"loss": "NaN"}, {"mine": [1]}])
def test_what_no_recorder_writes_is_refused(damage: dict[str, Any], tmp_path: Path) -> None:
    with Recorder(tmp_path / "run.jsonl") as recorder:
        recorder.write(Monitor().update(loss=1.0))
    with pytest.raises(ValidationError):
        RECORD.validate({**written(tmp_path / "run.jsonl")[0], **damage})
