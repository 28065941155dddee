"""Trainings in Keras on the backend of ``KERAS_BACKEND``; what became of each is printed as JSON.

In a process of its own: Keras has one backend for a process, and TensorFlow and torch in one process can end it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
from own_policies import Quarter
from watched import Log, RaisingMonitor

from anet_lite import Monitor
from anet_lite.diagnosis.rank import likely_causes
from anet_lite.integrations.keras import AnetCallback
from anet_lite.policy import Guard, LowerLR, SkipStep, Stop

X = np.random.default_rng(0).normal(size=(320, 4)).astype("float32")
Y = X.sum(axis=1, keepdims=True) + np.random.default_rng(1).normal(size=(320, 1)).astype("float32")


def line(rate: Any = 0.01, scaled: bool = False) -> keras.Model:
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    optimizer = keras.optimizers.SGD(rate, clipnorm=1.0)
    model.compile(keras.optimizers.LossScaleOptimizer(optimizer, 2.0**127) if scaled else optimizer, "mse")
    return model


def fit(model: keras.Model, *callbacks: Any, epochs: int = 40, x: Any = X, batch: int = 320, **options: Any) -> Any:
    settings = {"batch_size": batch, "shuffle": False, "verbose": 0, **options}
    return model.fit(x, Y, epochs=epochs, callbacks=list(callbacks), **settings)


def observed() -> dict[str, Any]:
    """One batch an epoch: the loss of the epoch, which Keras gives, is that of the step."""
    schedule = keras.optimizers.schedules.ExponentialDecay(0.01, 10, 0.5)
    model, log = line(schedule), Log()
    weights = model.get_weights()
    error = X @ weights[0] + weights[1] - Y
    gradient = np.append(2 * X.T @ error / len(X), 2 * error.mean())
    history = fit(model, AnetCallback(trackers=[log]), validation_data=(X[:16], Y[:16])).history
    return {
        "history": history["loss"],
        "loss": log.column("loss"),
        "lr": log.column("lr"),
        "schedule": [0.01 * 0.5 ** (step / 10) for step in range(40)],
        "first": [float(np.linalg.norm(gradient)), log.column("grad_norm")[0]],
        "val_loss": [row.signals.get("val_loss") for row in log.seen],
        "validated": history["val_loss"],
        "flushed": log.flushed,
        "left": sorted(vars(model).keys() & {"train_step", "compute_loss", "_update_metrics_variables"}),
    }


def embedded() -> list[float | None]:
    """The gradient of an embedding, which TensorFlow holds as slices."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((1,), dtype="int32"), keras.layers.Embedding(4, 1), keras.layers.Flatten()])
    model.compile("sgd", "mse")
    weights = model.get_weights()[0][:, 0]
    fit(model, AnetCallback(trackers=[log := Log()]), epochs=1, x=np.zeros((320, 1), "int32"))
    return [float(abs(2 * (weights[0] - Y).mean())), log.column("grad_norm")[0]]


def healthy() -> dict[str, Any]:
    callback = AnetCallback(trackers=[log := Log()])
    fit(line(), callback, epochs=40, batch=32)
    return {
        "rows": len(log.seen),
        "alarms": [alarm.rule for row in log.seen for alarm in row.alarms],
        "status": callback.monitor.status,
    }


def broken(kind: str) -> dict[str, Any]:
    """A fault in step 200 of 400."""

    class Fault(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:  # noqa: ARG002
            if kind == "rate" and epoch == 20:
                self.model.optimizer.learning_rate = 10.0
            if kind == "nan" and epoch == 20:
                self.model.set_weights([weight * np.nan for weight in self.model.get_weights()])

    model, log = line(), Log()
    model.optimizer.clipnorm = None
    fit(model, Fault(), AnetCallback(guard=Guard(Stop()), trackers=[log]), epochs=40, batch=32)
    first = next(row for row in log.seen if row.alarms)
    causes = [likely.name for likely in likely_causes(first, "en")[:3]]
    return {"step": first.step, "causes": causes, "rows": len(log.seen)}


def resumed(folder: Path) -> dict[str, Any]:
    class Crash(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:  # noqa: ARG002
            if epoch == 3:
                raise OSError("power cut")

    backup = folder / "anet.json"
    try:
        fit(line(), AnetCallback(backup=backup), Crash(), batch=32)
    except OSError:
        callback = AnetCallback(monitor := Monitor(), trackers=[log := Log()], backup=backup)
    fit(line(), callback, epochs=2, batch=32)
    first = log.seen[0]
    return {"rows": monitor.rows, "step": first.step, "segment": first.segment, "left": backup.exists()}


def scaled() -> dict[str, Any]:
    """The first steps overflow, and are skipped."""
    log = Log()
    fit(line(scaled=True), AnetCallback(trackers=[log]), epochs=20, batch=32)
    norms = log.column("grad_norm")
    plain = Log()
    fit(line(), AnetCallback(trackers=[plain]), epochs=20, batch=32)
    return {
        "first": norms[0],
        "last": norms[-1],
        "plain": plain.column("grad_norm")[-1],
        "alarms": [alarm.rule for row in log.seen for alarm in row.alarms],
    }


class Poison(keras.callbacks.Callback):
    """Spoils the weights at the end of the second epoch."""

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if epoch == 1:
            self.model.set_weights([weight * np.nan for weight in self.model.get_weights()])
        logs["rising"] = float(epoch)


def kept(folder: Path, way: str) -> dict[str, Any]:
    """A model that is spoilt between its second epoch and the checkpoint of it, where a later one is always better."""
    path = folder / f"{way}-{{epoch}}.weights.h5"
    keeper = keras.callbacks.ModelCheckpoint(
        path, monitor="rising", mode="max", save_best_only=True, save_weights_only=True
    )
    fit(line(), Poison(), keeper, AnetCallback(on_bad_save=way), epochs=3, batch=32)
    return {"files": sorted(file.name for file in folder.glob(f"{way}-*")), "best": keeper.best}


def wide(compiled: bool) -> list[float]:
    """The gradient norm of a layer of 9,000 weights, by hand and as it was measured."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2250, use_bias=False)])
    model.compile("sgd", "mse", jit_compile=compiled)
    target = np.random.default_rng(2).normal(size=(320, 2250)).astype("float32")
    gradient = 2 * X.T @ (X @ model.get_weights()[0] - target) / target.size
    model.fit(X, target, batch_size=320, verbose=0, callbacks=[AnetCallback(trackers=[log := Log()])])
    return [float(np.linalg.norm(gradient)), log.column("grad_norm")[0]]


def lowered() -> dict[str, Any]:
    try:
        callback = AnetCallback(guard=Guard(Quarter()), trackers=[log := Log()])
    except ValueError as error:
        return {"refused": str(error)}
    model, by_hand = line(0.04), line(0.01)
    fit(model, callback)
    fit(by_hand)
    apart = max(float(abs(a - b).max()) for a, b in zip(model.get_weights(), by_hand.get_weights()))
    return {"lr": log.column("lr")[0], "apart": apart, "scheduled": float(model.optimizer.learning_rate)}


def refused() -> list[str]:
    return [refusal(policy) for policy in (SkipStep(), LowerLR())]


def refusal(policy: Any) -> str:
    try:
        AnetCallback(guard=Guard(policy))
    except ValueError as error:
        return str(error)
    return ""


class OwnStep(keras.Sequential):
    """A training step that calls neither the loss nor the optimizer."""

    def train_step(self, *arguments: Any) -> Any:
        logs = {"loss": 0.0}
        return (logs, arguments[0]) if keras.backend.backend() == "jax" else logs


def unseen() -> dict[str, Any]:
    model = OwnStep([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse", jit_compile=False)
    callback = AnetCallback()
    fit(model, callback, epochs=1)
    raising = AnetCallback(RaisingMonitor())
    fit(line(), raising, epochs=3)
    return {"rows": callback.monitor.rows, "failures": raising._session.failures}


def main(folder: Path) -> None:
    result = {
        "observed": observed(),
        "embedded": embedded(),
        "healthy": healthy(),
        "nan": broken("nan"),
        "rate": broken("rate"),
        "resumed": resumed(folder),
        "scaled": scaled(),
        "kept": {way: kept(folder, way) for way in ("refuse", "mark")},
        "wide": [wide(compiled) for compiled in (False, True)],
        "lowered": lowered(),
        "refused": refused(),
        "unseen": unseen(),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
