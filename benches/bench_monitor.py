"""One step of the training monitor against the published snapshot of the same windows, and a million at once."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import anet_lite as ours
import numpy_reference as reference
from race import OTHER_ANSWER, OURS, REFERENCE

WINDOW, PAST = 64, 400
RNG = np.random.default_rng(12)
COLUMNS = 1 + 0.1 * RNG.random((5, 1000))
ROWS = COLUMNS.T.tolist()
FIELDS = ("theta", "sdot", "proc", "f_total", "precursor", "zscore")


LISTS = [x[:WINDOW].tolist() for x in COLUMNS]
contenders = pytest.mark.parametrize("contender", [REFERENCE, OURS])


@contenders
def test_update(race, contender):
    loss, grads, steps, noise, _ = COLUMNS[:, :PAST]
    work = "Monitor.update, all signals, a step"
    if contender == REFERENCE:
        lists = [x[-WINDOW:].tolist() for x in (loss, grads, steps, noise)] + [noise[35:99].tolist()]
        answer = [getattr(reference.snapshot(*lists), field) for field in FIELDS]
        race(work, contender, lambda: reference.snapshot(*lists), answer)
    else:
        monitor, coming = ours.Monitor(), itertools.cycle(ROWS)
        seen = [monitor.update(*next(coming)) for _ in range(PAST)][-1]
        race(work, contender, lambda: monitor.update(*next(coming)), [getattr(seen, field) for field in FIELDS])


@contenders
def test_update_with_its_metrics_read(race, contender):
    """The metrics are computed when one is read: a loop that reads them at every step pays for it."""
    monitor, coming = ours.Monitor(), itertools.cycle(ROWS)
    calls = {
        REFERENCE: lambda: reference.snapshot(*LISTS).theta,
        OURS: lambda: monitor.update(*next(coming)).theta,
    }
    race("Monitor.update, its six metrics read, a step", contender, calls[contender], OTHER_ANSWER)


@contenders
def test_update_many(race, contender, quick):
    """A million steps in one call; the reference has no such call and takes them one by one."""
    work = "Monitor.update_many of 1,000,000, per step"
    if contender == REFERENCE:
        race(work, contender, lambda: reference.snapshot(*LISTS), OTHER_ANSWER)
        return
    steps = 1000 if quick else 1_000_000
    names = ("loss", "grad_norm", "step_norm", "noise", "lr")
    columns = dict(zip(names, 1 + 0.1 * RNG.random((5, steps))))
    monitor = ours.Monitor()

    def run() -> ours.Updates:
        return monitor.update_many(columns)

    race(work, contender, run, OTHER_ANSWER, items=steps)
