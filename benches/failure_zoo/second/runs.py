"""The recorded runs of the second zoo."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from failure_zoo.runs import COLUMNS, Array, Failing, Healthy, broken
from failure_zoo.second import faults
from failure_zoo.second.faults import KINDS, PolicyFault
from failure_zoo.second.recipes import HELD_OUT
from failure_zoo.second.tasks import Letters, Text
from failure_zoo.second.train import DATA, FIRST, SEEDS

#: Columns of a series; only policy gradients have the last three.
ALL_COLUMNS = (*COLUMNS, *Letters.named)
TUNING_SEEDS = SEEDS[: len(SEEDS) // 2]


def _held_out(recipe: str, seed: int) -> bool:
    return recipe in HELD_OUT or seed not in TUNING_SEEDS


@dataclass(frozen=True)
class Well(Healthy):
    """A run in which nothing is wrong, or nothing any more from the row on in which it was restored."""

    restored: int = 0

    @property
    def held_out(self) -> bool:
        return _held_out(self.recipe, self.seed)


@dataclass(frozen=True)
class Broken(Failing):
    """A run that breaks; it shows in its loss, on either side, or in a signal of its policy."""

    @property
    def held_out(self) -> bool:
        return self.fault in faults.HELD_OUT or _held_out(self.recipe, self.seed)


class Zoo(NamedTuple):
    """All runs; the restored ones stand apart, since their first fault is none of their healthy rows."""

    healthy: list[Well]
    restored: list[Well]
    failing: list[Broken]


@lru_cache(maxsize=1)
def load() -> Zoo:
    """All runs, from the recorded files alone."""
    zoo = Zoo([], [], [])
    for path in sorted(DATA.glob("*.npz")):
        series = {name: rows for name, rows in _read(path.stem).items() if name != "columns"}
        for name, rows in series.items():
            kind, seed, *rest = name.split("-")
            twin = series[f"healthy-{seed}"]
            if kind == "healthy":
                zoo.healthy.append(Well(path.stem, int(seed), rows))
            elif kind == "twin":
                onset = int(rest[2])
                zoo.restored.append(Well(path.stem, int(seed), _after(twin, onset, rows), onset + FIRST))
            else:
                twin = _twin(series, twin, seed, rest)
                zoo.failing.append(_failing(path.stem, int(seed), rest[0], int(rest[2]), rows, twin))
    return zoo


def _read(recipe: str) -> dict[str, Array]:
    """The series of a recipe, without the loss of unseen texts."""
    with np.load(DATA / f"{recipe}.npz") as file:
        width = sum(name in ALL_COLUMNS for name in file["columns"])
        return {name: file[name][:, :width].astype(np.float64) for name in file.files if name != "columns"}


def evaluated(recipe: str) -> list[tuple[Array, Array]]:
    """Of the healthy runs of a text: their six columns, and the loss of unseen texts, NaN where it was not measured."""
    with np.load(DATA / f"{recipe}.npz") as file:
        assert (*file["columns"],) == (*COLUMNS, *Text.named)
        runs = [file[name].astype(np.float64) for name in file.files if name.startswith("healthy")]
    return [(rows[:, : len(COLUMNS)], rows[:, len(COLUMNS)]) for rows in runs]


def _twin(series: dict[str, Array], healthy: Array, seed: str, rest: list[str]) -> Array:
    """The same run without the fault, or without its second coming."""
    name = f"twin-{seed}-{rest[0]}-{rest[1]}-"
    key = next((key for key in series if key.startswith(name)), None)
    return healthy if key is None else _after(healthy, int(key[len(name) :]), series[key])


def _after(twin: Array, row: int, rows: Array) -> Array:
    return np.concatenate([twin[:row], rows])


def _failing(recipe: str, seed: int, kind: str, onset: int, rows: Array, twin: Array) -> Broken:
    whole = _after(twin, onset, rows)
    seen = [row for a, b in shown(kind, whole, twin) if (row := broken(a, b, onset)) is not None]
    return Broken(recipe, seed, kind, onset, whole, twin, min(seen, default=None))


def shown(kind: str, rows: Array, twin: Array) -> list[tuple[Array, Array]]:
    """What shows a fault where it is high, of the run and of its twin: the loss up and down, or a policy's signal."""
    fault = KINDS[kind].fault
    if issubclass(fault, PolicyFault):
        column = ALL_COLUMNS.index(fault.shows)
        return [(fault.side * rows[:, column], fault.side * twin[:, column])]
    return [(side * rows[:, 0], side * twin[:, 0]) for side in (1, -1)]
