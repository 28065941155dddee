"""Named signals in real trainings: from the loop's own numbers, and from what the frameworks log."""

from __future__ import annotations

import logging
import os

import numpy as np
import pytest

os.environ["KERAS_BACKEND"] = "torch"
os.environ["HF_HUB_OFFLINE"] = "1"

import keras
import lightning.pytorch
import torch
from test_transformers import TEXTS, Tiny, trainer
from torch_loop import batches, loss_of, net
from transformers import Trainer
from watched import Log

from anet_lite import Monitor
from anet_lite.integrations.keras import AnetCallback as KerasCallback
from anet_lite.integrations.lightning import AnetCallback as LightningCallback
from anet_lite.integrations.torch import attach
from anet_lite.integrations.transformers import AnetCallback as TransformersCallback

NEEDS = ("torch", "lightning", "transformers", "accelerate", "keras")


def named(log: Log) -> list[dict[str, float]]:
    return [snap.signals for snap in log.seen]


def test_a_loop_gives_numbers_and_tensors_which_are_read_with_their_step():
    model, rows = net(), []
    watch = attach(model, optimizer := torch.optim.SGD(model.parameters(), 0.1), on_snapshot=rows.append)
    for step, (x, y) in enumerate(batches(20)):
        loss = loss_of(model, x, y)
        optimizer.zero_grad()
        loss.backward()
        evaluation = {"eval_loss": 0.5} if step % 10 == 9 else {}
        watch.loss(loss, reward=torch.tensor([float(step), step + 2.0]), kl=None, entropy=float(step), **evaluation)
        optimizer.step()
    watch.named(eval_loss=0.25)
    watch.flush()
    assert watch.failures == 0
    assert [row.signals["reward"] for row in rows[:20]] == [step + 1 for step in range(20)]
    assert [row.step for row in rows if "eval_loss" in row.signals] == [9, 19, 19]
    assert rows[-1].signals == {"eval_loss": 0.25}


def test_batches_of_one_step_count_with_the_mean_of_their_values():
    model, rows = net(), []
    watch = attach(model, optimizer := torch.optim.SGD(model.parameters(), 0.1), on_snapshot=rows.append)
    for reward in (1.0, 3.0):
        loss = loss_of(model, *next(batches(1)))
        loss.backward()
        watch.loss(loss, reward=reward)
    optimizer.step()
    watch.flush()
    assert [row.signals for row in rows] == [{"reward": 2.0}]


def test_a_name_without_a_direction_is_logged_once_and_costs_no_step(caplog):
    model = net()
    watch = attach(model, optimizer := torch.optim.SGD(model.parameters(), 0.1), signals={"router_load": "both"})
    with caplog.at_level(logging.ERROR):
        for x, y in batches(16):
            loss = loss_of(model, x, y)
            optimizer.zero_grad()
            loss.backward()
            watch.loss(loss, router_load=0.25, loud=1.0)
            optimizer.step()
    watch.flush()
    assert (watch.monitor.rows, watch.failures) == (16, 16)
    assert watch.snapshot.signals == {"router_load": 0.25}
    assert sum("loud is a signal whose direction is not known" in str(r.exc_info) for r in caplog.records) == 1


class Rewarded(Tiny):
    """Logs a reward, as trainers of policies do, and can evaluate."""

    def compute_loss(self, *args, **kwargs):
        return Trainer.compute_loss(self, *args, **kwargs)

    def log(self, logs, *args, **kwargs) -> None:
        super().log({**logs, "reward": 0.5, "router_load": 0.25}, *args, **kwargs)


def transformers_run(folder, **options) -> list[dict[str, float]]:
    made, log = trainer(folder, max_steps=12), Log()
    made.__class__, made.eval_dataset = Rewarded, TEXTS[:4]
    made.args.eval_strategy, made.args.eval_steps = "steps", 4
    made.add_callback(TransformersCallback(made, trackers=[log], **options))
    made.train()
    return named(log)


def test_transformers_logs_hold_the_names_that_are_known_or_those_that_were_chosen(tmp_path):
    rows = transformers_run(tmp_path)
    assert sum("reward" in row for row in rows) == 12
    assert sum("eval_loss" in row for row in rows) == 3
    rows = transformers_run(tmp_path, signals={"router_load": "both"})
    assert {name for row in rows for name in row} == {"router_load"}


class Line(lightning.pytorch.LightningModule):
    def __init__(self) -> None:
        super().__init__()
        self.layer = torch.nn.Linear(4, 1)

    def training_step(self, batch):
        self.log("reward", float(self.global_step))
        return torch.nn.functional.mse_loss(self.layer(batch), batch.sum(1, keepdim=True))

    def validation_step(self, batch):
        self.log("val_loss", torch.nn.functional.mse_loss(self.layer(batch), batch.sum(1, keepdim=True)))

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), 0.01)


def test_lightnings_metrics_are_taken_when_they_are_new():
    loader, log = torch.utils.data.DataLoader(torch.randn(32, 4), batch_size=4), Log()
    callback = LightningCallback(trackers=[log])
    quiet = {"logger": False, "enable_checkpointing": False, "enable_progress_bar": False}
    made = lightning.pytorch.Trainer(
        max_epochs=3, accelerator="cpu", callbacks=[callback], enable_model_summary=False, **quiet
    )
    made.fit(Line(), loader, loader)
    rewards = [row["reward"] for row in named(log) if "reward" in row]
    assert rewards == [float(step) for step in range(24)]
    assert sum("val_loss" in row for row in named(log)) == 3


def test_keras_gives_the_logs_of_its_epochs():
    keras.utils.set_random_seed(0)
    x = np.random.default_rng(0).normal(size=(64, 4)).astype("float32")
    model, log = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)]), Log()
    model.compile(keras.optimizers.SGD(0.1), "mse", jit_compile=False)
    callback = KerasCallback(Monitor(), trackers=[log])
    model.fit(x, x.sum(1), batch_size=8, epochs=3, validation_split=0.5, verbose=0, callbacks=[callback])
    steps = [snap.step for snap in log.seen if "val_loss" in snap.signals]
    assert steps == [3, 7, 11]


@pytest.mark.parametrize("callback", [LightningCallback, KerasCallback])
def test_a_name_that_nobody_knows_is_refused_when_the_callback_is_made(callback):
    with pytest.raises(ValueError, match="'loud' is no name in common use"):
        callback(signals=["loud"])
