"""Runs of one trainer and one seed: a healthy one, and each fault from the healthy one's checkpoint on."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from datasets import disable_progress_bars
from transformers.utils import logging

from anet_lite import explain
from anet_lite.integrations.transformers import AnetCallback
from trl_runs.faults import Faulty
from trl_runs.plan import FAULTS, HEALTHY, ONSET
from trl_runs.trainers import TRAINERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite import Snapshot

LATER = 16
"""Steps after the first alarm within which a cause counts, as in the failure zoo."""


class Kept:
    """A tracker that keeps the snapshots with alarms, and how many there were."""

    def __init__(self) -> None:
        self.alarmed, self.rows = list[Any](), 0

    def log(self, snapshot: Snapshot) -> None:
        """Keep a snapshot with alarms."""
        self.rows += 1
        self.alarmed += [snapshot] if snapshot.alarms else []

    def flush(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class Outcome(NamedTuple):
    """What the callback said of a run."""

    trainer: str
    fault: str
    seed: int
    rows: int
    first: int | None
    """The step of the first alarm; None where there was none."""
    alarms: list[str]
    """Rules and signals within ``LATER`` steps of it."""
    causes: list[str]
    """The likely causes of the last of them, the likeliest first."""
    callback: Any
    trained: Any

    def to_dict(self) -> dict[str, Any]:
        """Return what is kept of a run in a file."""
        return {name: value for name, value in self._asdict().items() if name not in ("callback", "trained")}

    @property
    def place(self) -> int | None:
        """The place of the first right cause, from 1 on; None where there is none."""
        right = FAULTS.get(self.trainer, {}).get(self.fault, set())
        return next((at for at, cause in enumerate(self.causes, 1) if cause in right), None)


def runs(trainer: str, seed: int, faults: tuple[str, ...] | None = None) -> Iterator[Outcome]:
    """Train a healthy run, and each fault from its checkpoint on."""
    torch.set_num_threads(1)
    disable_progress_bars()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    with TemporaryDirectory() as folder:
        yield train(trainer, HEALTHY, seed, folder)
        for fault in FAULTS[trainer] if faults is None else faults:
            yield train(trainer, fault, seed, folder, f"{folder}/checkpoint-{ONSET}")


def train(trainer: str, fault: str, seed: int, folder: str, checkpoint: str | None = None) -> Outcome:
    """Train one run, and return what the callback said of it."""
    kept, faulty = Kept(), Faulty(fault)
    callback = AnetCallback(trackers=[kept])
    made = TRAINERS[trainer](seed, folder, faulty, [faulty, callback])
    made.train(resume_from_checkpoint=checkpoint)
    first = kept.alarmed[0].step if kept.alarmed else None
    near = [snap for snap in kept.alarmed if snap.step <= kept.alarmed[0].step + LATER]
    alarms = list(dict.fromkeys(f"{alarm.rule} {alarm.signal}" for snap in near for alarm in snap.alarms))
    causes = [cause.name for cause in explain(near[-1]).causes] if near else []
    return Outcome(trainer, fault, seed, kept.rows, first, alarms, causes, callback, made)
