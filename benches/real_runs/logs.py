"""Real training logs with judgements: numbers, and the rows in which each run breaks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Column = NDArray[np.float64]

#: The columns of a log, by the names of `Monitor.update`.
SIGNALS = ("loss", "grad_norm", "lr")
#: Rows before and after an event in which an incident counts as a hit, where the log does not say otherwise.
BEFORE, AFTER = 60, 15


@dataclass(frozen=True)
class Log:
    """One run. A column holds NaN where nothing is given; `given` tells that from a NaN of the run."""

    id: str
    judgement: str
    """H healthy, R healthy reinforcement or adversarial learning, F failing, E an event that it survives, A ambiguous."""
    events: tuple[int, ...]
    columns: dict[str, Column]
    given: dict[str, NDArray[np.bool_]]
    before: int = BEFORE
    after: int = AFTER

    def __len__(self) -> int:
        return len(self.columns["loss"])

    def rows(self) -> list[dict[str, float]]:
        """Return the arguments of `Monitor.update`, row by row."""
        names = (*SIGNALS, "step")
        columns = [(name, self.columns[name].tolist(), self.given[name].tolist()) for name in names]
        picked = [[(name, values[row]) for name, values, given in columns if given[row]] for row in range(len(self))]
        return [{name: int(value) if name == "step" else value for name, value in row} for row in picked]


def load(folder: Path) -> list[Log]:
    """Read `index.json` and `runs.npz`. Ambiguous runs are left out."""
    table = np.load(folder / "runs.npz")
    text = (folder / "index.json").read_text(encoding="utf-8")
    entries = [entry for entry in json.loads(text) if entry["judgement"] != "A"]
    return [_log(entry, table) for entry in entries]


def _log(entry: dict, table: dict[str, NDArray]) -> Log:
    part = slice(entry["offset"], entry["offset"] + entry["n"])
    names = (*SIGNALS, "step")
    return Log(
        id=entry["id"],
        judgement=entry["judgement"],
        events=tuple(entry["events"]),
        columns={name: table[name][part].astype(float) for name in names},
        given={name: table[f"{name}_given"][part].astype(bool) for name in names},
        before=entry.get("before", BEFORE),
        after=entry.get("after", AFTER),
    )
