"""Every public callable: the functions and classes of the packages, and each method of objects that were made."""

from __future__ import annotations

import inspect
from typing import Any, Callable

import numpy as np

import anet_lite
import rh_sparse_anomaly
from anet_lite import _native, diagnosis, merge, policy, tombstone, tracker

MODULES = [anet_lite, rh_sparse_anomaly, _native, diagnosis, merge, policy, tombstone, tracker]
ACTS = ("__getstate__", "__setstate__", "__len__", "__getitem__", "__iter__", "__eq__", "__copy__", "__call__")
"""The methods with underscores that a caller reaches by an operator."""


def functions() -> dict[str, Callable[..., Any]]:
    """Return the public functions and classes by name."""
    found: dict[str, Callable[..., Any]] = {}
    for module in MODULES:
        for name in getattr(module, "__all__", None) or [name for name in dir(module) if not name.startswith("_")]:
            value = getattr(module, name)
            is_error = isinstance(value, type) and issubclass(value, BaseException)
            if callable(value) and not is_error and not inspect.ismodule(value):
                found[f"{module.__name__}.{name}"] = value
    return found


def objects() -> list[Any]:
    """Return an object of each class that has a memory or an answer."""
    wave = np.sin(np.arange(200.0))
    monitor = anet_lite.Monitor(signals={"reward": "falls"})
    updates = monitor.update_many({"loss": 2 - wave / 9, "lr": np.full(200, 0.1)})
    snapshot = monitor.update(loss=float("nan"), reward=1.0)
    detector, scorer = anet_lite.StreamDetector(), rh_sparse_anomaly.StreamScorer(window=8)
    encoder, anomaly = rh_sparse_anomaly.SparseEncoder(), rh_sparse_anomaly.MultiScaleAnomaly()
    signature = encoder.encode(wave)
    return [
        monitor, updates, snapshot, snapshot.alarms[0], snapshot.explain(), monitor.group("head"), monitor.summary(),
        monitor.reference("a run"), anet_lite.Guard(), tracker.Cooldown(), diagnosis.Incidents(),
        detector, detector.push_many(wave), detector.push(9.0), detector.explain(), anet_lite.StreamDetectorPool(3),
        anet_lite.TokenEncoder(), anet_lite.Episodes(), scorer, scorer.push_many(wave), encoder, signature,
        rh_sparse_anomaly.StreamScorerPool(3, window=8), anomaly, anomaly.update_and_score(signature),
        _native.JsonRows(), _native.CsvRows(), _native.JsonReader(["loss"]), _native.RecordLines("csv"),
    ]  # fmt: skip


def methods(owner: Any) -> dict[str, Callable[..., Any]]:
    """Return the public methods of an object by name."""
    kind = type(owner).__name__
    names = [name for name in dir(owner) if not name.startswith("_") or name in ACTS]
    own = [name for name in names if callable(getattr(type(owner), name, None))]
    return {f"{kind}.{name}": getattr(owner, name) for name in own}
