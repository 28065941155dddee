"""The callbacks in a training on squares: what they observe, refuse and stop, and what a resume brings back."""

from __future__ import annotations

import logging
import math

import numpy as np
import pytest
import torch
from own_policies import Quarter
from PIL import Image
from ultralytics import YOLO, settings
from watched import Log, RaisingMonitor

from anet_lite import Monitor
from anet_lite.diagnosis.rank import likely_causes
from anet_lite.integrations.ultralytics import AnetCallback
from anet_lite.policy import Guard, LowerLR, Stop

NEEDS = ("torch", "ultralytics")

settings.update(dict.fromkeys(("clearml", "comet", "dvc", "mlflow", "raytune", "tensorboard", "wandb"), False))

MODEL = """
nc: 1
backbone:
  - [-1, 1, Conv, [8, 3, 2]]
  - [-1, 1, Conv, [16, 3, 1]]
head:
  - [[1], 1, Detect, [nc]]
"""


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """64 pictures of a square on noise, and a detector of a few thousand parameters."""
    root, random = tmp_path_factory.mktemp("pictures"), np.random.default_rng(0)
    for i in range(72):
        part, picture = "train" if i < 64 else "val", random.integers(0, 60, (32, 32, 3), dtype=np.uint8)
        x, y = random.integers(0, 9, 2)
        picture[y : y + 24, x : x + 24] = 200
        for kind in ("images", "labels"):
            (root / kind / part).mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(root / "images" / part / f"{i}.png")
        (root / "labels" / part / f"{i}.txt").write_text(f"0 {(x + 12) / 32} {(y + 12) / 32} 0.75 0.75\n")
    (root / "data.yaml").write_text(f"path: {root}\ntrain: images/train\nval: images/val\nnames: [square]\n")
    (root / "tiny.yaml").write_text(MODEL)
    return root


class Steps:
    """Does something in a step, by the events of the trainer."""

    def __init__(self, act, at: int) -> None:
        self.act, self.at, self.count = act, at, 0

    def __call__(self, trainer) -> None:
        if self.count >= self.at:
            self.act(trainer)
        self.count += 1


def train(pictures, folder, callback, act=None, at: int = 100, **options) -> YOLO:
    torch.manual_seed(0)
    model = YOLO(str(pictures / "tiny.yaml"))
    callback.add_to(model)
    if act is not None:
        model.add_callback("on_train_batch_start", Steps(act, at))
    fixed = {"data": str(pictures / "data.yaml"), "imgsz": 32, "batch": 4, "nbs": 4, "device": "cpu", "workers": 0}
    quiet = {"plots": False, "verbose": False, "val": False, "amp": False, "project": str(folder), "name": "run"}
    rate = {"optimizer": "SGD", "lr0": 0.01, "warmup_epochs": 0.0, "mosaic": 0.0, "seed": 0}
    model.train(**{**fixed, **quiet, **rate, "epochs": 10, **options})
    return model


def test_a_healthy_run_is_observed_and_silent(pictures, tmp_path, caplog):
    seen = []

    def note(trainer):
        seen.append(sum(value.item() for value in trainer.loss_items.values()))

    log = Log()
    callback = AnetCallback(trackers=[log])
    with caplog.at_level(logging.WARNING, "anet_lite"):
        model = train(pictures, tmp_path, callback, note, at=1, val=True)
    assert log.column("loss")[:159] == pytest.approx(seen)
    assert len(log.seen) == 161, "and a row for the last validation"
    assert None not in log.column("grad_norm")[:160]
    assert sum(value is not None for value in log.column("step_norm")) == 20
    assert log.column("lr")[0] == pytest.approx(0.01)
    named = [row for row in log.seen if "metrics/mAP50(B)" in row.signals]
    assert len(named) == 10
    assert "val/box_loss" in named[0].signals
    assert callback.watch.failures == 0
    assert callback.watch.status == "healthy"
    assert caplog.text == ""
    assert "optimizer_step" not in vars(model.trainer)


def nan(trainer):
    preprocess = type(trainer).preprocess_batch

    def poisoned(batch):
        batch = preprocess(trainer, batch)
        return {**batch, "img": batch["img"] * math.nan}

    trainer.preprocess_batch = poisoned


def thousandfold(trainer):
    for group in trainer.optimizer.param_groups:
        group["lr"] = 10.0


@pytest.mark.parametrize(("fault", "cause"), [(nan, "bad_number"), (thousandfold, "rate_too_high")])
def test_a_planted_fault_is_told_with_its_cause_and_stops(pictures, tmp_path, fault, cause):
    log = Log()
    callback = AnetCallback(guard=Guard(Stop()), trackers=[log], every=1)
    model = train(pictures, tmp_path, callback, fault, epochs=8)
    first = next(row for row in log.seen if row.alarms)
    assert 100 <= first.step < 110
    assert cause in [likely.name for likely in likely_causes(first, "en")[:3]]
    assert callback.watch.should_stop
    assert len(log.seen) < 130
    assert model.trainer.epoch < 7


def test_a_resume_brings_the_state_back_and_a_bad_copy_is_not_saved(pictures, tmp_path, caplog):
    def crash(trainer):
        trainer.ema.ema.model[0].bn.running_mean.fill_(math.nan)
        if trainer.epoch == 4:
            raise OSError("power cut")

    with pytest.raises(OSError, match="power cut"):
        train(pictures, tmp_path, AnetCallback(), crash, at=60, epochs=6)
    assert "ema" in caplog.text
    assert "not saved" in caplog.text or "refused" in caplog.text

    model = YOLO(str(tmp_path / "run" / "weights" / "last.pt"))
    callback = AnetCallback(monitor := Monitor(), trackers=[log := Log()])
    callback.add_to(model)
    model.train(resume=True)
    assert callback.monitor is monitor
    assert log.seen[0].segment is None, "going on is no rewind"
    assert log.seen[0].step >= 32
    assert [row.step for row in log.seen if row.recent("loss")[-1] is not None] == list(range(log.seen[0].step, 96))


def test_a_rate_is_lowered(pictures, tmp_path):
    log = Log()
    train(pictures, tmp_path, AnetCallback(guard=Guard(Quarter()), trackers=[log]), epochs=1)
    assert log.column("lr")[0] == pytest.approx(0.0025)


def test_batches_without_a_step_count_with_their_mean(pictures, tmp_path):
    log = Log()
    train(pictures, tmp_path, AnetCallback(trackers=[log]), epochs=1, nbs=16)
    assert 4 <= len(log.seen) < 16
    assert None not in log.column("grad_norm")[:-1]


def test_a_monitor_that_raises_stops_nothing_and_is_reported_once(pictures, tmp_path, caplog):
    train(pictures, tmp_path, AnetCallback(RaisingMonitor()), epochs=1)
    assert caplog.text.count("training goes on; this is said once") == 1


def test_what_is_no_model_is_refused():
    with pytest.raises(TypeError, match="model must have add_callback, as YOLO has, got int"):
        AnetCallback().add_to(3)


def test_an_option_that_does_not_exist_is_refused():
    with pytest.raises(TypeError, match="AnetCallback has no option 'evry'"):
        AnetCallback(evry=2, guard=Guard(LowerLR()))
