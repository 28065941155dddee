"""The callback in `fit`: what it observes and stops, what a backup brings back, that it is harmless."""

from __future__ import annotations

import math
import os

import numpy as np
import pytest

os.environ["KERAS_BACKEND"] = "torch"

import keras
import torch
from own_policies import Quarter
from watched import Log, RaisingMonitor

from anet_lite import Monitor
from anet_lite.integrations.keras import AnetCallback
from anet_lite.policy import Guard, SkipStep, Stop

NEEDS = ("torch", "keras")

X = np.random.default_rng(0).normal(size=(320, 4)).astype("float32")
Y = X.sum(axis=1, keepdims=True)


class Line(keras.Sequential):
    """Keeps the losses and gradient norms of its batches; in one of them the loss is NaN."""

    bad = -1

    def train_step(self, data):
        logs = super().train_step(data)
        grads = [v.value.grad for v in self.trainable_weights]
        self.norms.append(float(torch.nn.utils.get_total_norm(grads)))
        return logs

    def compute_loss(self, *args, training=True, **kwargs):
        loss = super().compute_loss(*args, training=training, **kwargs)
        if training:
            loss = loss * math.nan if len(self.seen) == self.bad else loss
            self.seen.append(loss.item())
        return loss


def line(**options) -> Line:
    keras.utils.set_random_seed(0)
    model = Line([keras.Input((4,)), keras.layers.Dense(1)])
    model.seen, model.norms = [], []
    model.compile(keras.optimizers.SGD(0.1, **options), "mse", jit_compile=False)
    return model


def fit(model, callback, epochs: int = 1, **options):
    settings = {"batch_size": 8, "verbose": 0, "shuffle": False, "validation_data": (X[:16], Y[:16])}
    return model.fit(X, Y, epochs=epochs, callbacks=[callback], **{**settings, **options})


def test_every_batch_is_observed_before_clipping():
    model, log = line(clipnorm=1e-3), Log()
    fit(model, AnetCallback(trackers=[log]))
    assert log.column("loss") == pytest.approx(model.seen)
    assert log.column("grad_norm") == pytest.approx(model.norms)
    assert log.column("lr") == pytest.approx([0.1] * 40)
    assert [seen.step for seen in log.seen] == list(range(40))
    steps = [value for value in log.column("step_norm") if value is not None]
    assert steps == pytest.approx([0.1 * 1e-3] * 5, rel=0.5), "the clipped update"
    assert sum(value is not None for value in log.column("noise")) == 5
    assert log.flushed == 1


def test_a_loss_that_is_scaled_is_observed_unscaled():
    model, log = line(loss_scale_factor=1024.0), Log()
    fit(model, AnetCallback(trackers=[log]))
    assert log.column("loss") == pytest.approx(model.seen)
    assert [1024 * norm for norm in log.column("grad_norm")] == pytest.approx(model.norms)


def test_a_step_that_a_loss_scaler_skips_is_no_alarm():
    model, log = line(), Log()
    scaled = keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD(0.1), initial_scale=2.0**127)
    model.compile(scaled, "mse", jit_compile=False)
    fit(model, AnetCallback(trackers=[log]))
    norms = log.column("grad_norm")
    assert norms[0] is None
    assert norms[-1] is not None
    assert not [alarm for seen in log.seen for alarm in seen.alarms]


def test_nan_is_seen_and_stops_where_the_guard_says_so():
    model, log = line(), Log()
    model.bad = 20
    fit(model, AnetCallback(guard=Guard(Stop()), trackers=[log], every=1))
    alarms = [(seen.step, alarm.rule) for seen in log.seen for alarm in seen.alarms]
    assert alarms[0] == (20, "nonfinite")
    assert 20 < len(model.seen) < 25


def test_a_backup_brings_the_state_back_into_the_users_monitor(tmp_path):
    class Crash(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):  # noqa: ARG002
            if epoch == 1:
                raise OSError("power cut")

    model, backup = line(), tmp_path / "anet.json"
    with pytest.raises(OSError, match="power cut"):
        model.fit(X, Y, epochs=2, batch_size=8, verbose=0, callbacks=[AnetCallback(backup=backup), Crash()])
    callback = AnetCallback(monitor := Monitor(), trackers=[log := Log()], backup=backup)
    fit(model, callback)
    assert callback.monitor is monitor
    assert monitor.rows == 80
    assert (log.seen[0].step, log.seen[0].segment) == (40, None)
    assert not backup.exists(), "a run that has ended leaves none"


def test_the_model_is_left_as_it_was():
    model = line()
    fit(model, AnetCallback())
    assert "compute_loss" not in vars(model)
    assert "apply" not in vars(model.optimizer)


def test_a_monitor_that_raises_stops_nothing_and_is_reported_once(caplog):
    model = line()
    fit(model, AnetCallback(RaisingMonitor()))
    assert len(model.seen) == 40
    assert caplog.text.count("the monitor failed, training goes on") == 1


def test_no_hook_raises_when_everything_is_broken(caplog, monkeypatch, tmp_path):
    def broken(*_, **__):
        raise RuntimeError("broken")

    model, callback = line(), AnetCallback(backup=tmp_path / "anet.json")
    for name in ("_before_loss", "_observe_loss", "_before_apply", "_after_apply", "_exchange"):
        monkeypatch.setattr(callback._tap, name, broken)
    monkeypatch.setattr(callback, "state_dict", broken)
    fit(model, callback)
    assert len(model.seen) == 40
    assert caplog.text.count("watching fit failed") == 1


@pytest.mark.parametrize("schedule", [None, keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.5)])
def test_a_part_of_the_rate_trains_as_that_rate_does_and_the_schedule_keeps_its_own(schedule):
    model, log = line(), Log()
    if schedule is not None:
        model.optimizer.learning_rate = schedule
    fit(model, AnetCallback(guard=Guard(Quarter()), trackers=[log]))
    by_hand = line()
    quarter = 0.025 if schedule is None else keras.optimizers.schedules.ExponentialDecay(0.025, 10, 0.5)
    by_hand.optimizer.learning_rate = quarter
    fit(by_hand, AnetCallback())
    for one, another in zip(model.get_weights(), by_hand.get_weights()):
        np.testing.assert_allclose(one, another, rtol=1e-5)
    assert log.column("lr")[0] == pytest.approx(0.025)
    assert float(model.optimizer.learning_rate) == pytest.approx(4 * float(by_hand.optimizer.learning_rate))


class Poison(keras.callbacks.Callback):
    """Spoils a weight at the end of the second epoch."""

    def on_epoch_end(self, epoch, logs=None):  # noqa: ARG002
        if epoch == 1:
            self.model.layers[0].kernel.value.data.fill_(math.nan)


@pytest.mark.parametrize(("way", "finite", "told"), [("refuse", True, "is not saved"), ("mark", False, "is saved and")])
@pytest.mark.parametrize("first", [True, False])
def test_a_poisoned_checkpoint_is_refused_or_marked(tmp_path, caplog, way, finite, told, first):
    path, log = tmp_path / "kept.weights.h5", Log()
    keeper = keras.callbacks.ModelCheckpoint(path, save_weights_only=True)
    model, anet = line(), AnetCallback(on_bad_save=way, trackers=[log])
    callbacks = [Poison(), anet, keeper] if first else [Poison(), keeper, anet]
    model.fit(X, Y, epochs=3, batch_size=8, verbose=0, callbacks=callbacks, validation_data=(X[:16], Y[:16]))
    fresh = line()
    fresh.load_weights(path)
    assert bool(torch.isfinite(fresh.layers[0].kernel.value).all()) is finite
    assert caplog.text.count(f"kept.weights.h5 {told}") == 1
    assert "1 of 2" in caplog.text
    marks = [path.name for path in tmp_path.glob("*.anet.json")]
    assert marks == ([] if finite else ["kept.weights.h5.anet.json"])
    assert [row.step for row in log.seen if "val_loss" in row.signals] == [39, 79, 119]
    assert "_save_model" not in vars(keeper)


def test_a_refused_model_is_not_the_best(tmp_path):
    class Rising(Poison):
        def on_epoch_end(self, epoch, logs=None):
            super().on_epoch_end(epoch)
            logs["rising"] = float(epoch)

    path = tmp_path / "best-{epoch}.weights.h5"
    keeper = keras.callbacks.ModelCheckpoint(
        path, monitor="rising", mode="max", save_best_only=True, save_weights_only=True
    )
    line().fit(X, Y, epochs=3, batch_size=8, verbose=0, callbacks=[Rising(), keeper, AnetCallback()])
    assert [path.name for path in tmp_path.iterdir()] == ["best-1.weights.h5"]
    assert keeper.best == 0.0


def test_a_policy_that_must_decide_before_the_step_is_refused():
    with pytest.raises(ValueError, match="guard: AnetCallback cannot do what SkipStep decides: it must decide before"):
        AnetCallback(guard=Guard(SkipStep()))
