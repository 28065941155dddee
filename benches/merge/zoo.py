"""The pairs: clean ones, and each damage done to one of two models."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from anet_lite import merge as anet_merge
from merge.damage import DAMAGES, fits
from merge.nets import Arrays, Net, Task, arrays_of, flat_of, train, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from failure_zoo.models import Model

RATES = (0.0005, 0.001, 0.002, 0.004)
"""Of fine-tunes of the same task."""
SPLITS = (50, 150)
"""Steps after which twins part."""
FINE = 100
"""Steps of a fine-tune."""
EXAMPLES = 256
"""On which a loss is measured."""
FEW = 16
"""On which a loss is guessed."""


@dataclass(frozen=True)
class Pair:
    """What was found of two models, and what their average did."""

    net: str
    kind: str
    is_clean: bool
    verdict: str
    codes: tuple[str, ...]
    harm: float
    """The mean over both parents' tasks of the loss that the average adds, over what chance would add."""
    measures: dict[str, float]
    """What could have told it."""


@dataclass(frozen=True)
class Trained:
    """A model with the task that it knows."""

    flat: np.ndarray
    task: int


class Family:
    """All models of one seed: a base, fine-tunes, twins, and models of another start."""

    def __init__(self, net: Net, seed: int) -> None:
        self.net, self.seed, self.rng = net, seed, np.random.default_rng(seed)
        self.tasks: list[Task] = net.tasks(self.rng)
        self.model: Model = net.make(np.random.default_rng(seed))
        start = self.model.flat
        self.base = self._train(start, 0, net.steps, 0.003, 0)
        self.same = [Trained(self._train(self.base, 0, FINE, rate, 10 + n), 0) for n, rate in enumerate(RATES)]
        self.other = [Trained(self._train(self.base, task, FINE, 0.001, 20 + task), task) for task in (1, 2)]
        self.twins = {split: self._twins(start, split) for split in SPLITS}
        other = net.make(np.random.default_rng(1000 + seed)).flat
        self.alien = Trained(self._train(other, 0, net.steps, 0.003, 30), 0)
        self.wrong_base = self._train(other, 0, 50, 0.003, 31)
        probes = np.random.default_rng(99)
        self.batches = [task(probes, EXAMPLES) for task in self.tasks]
        self.few = [task(probes, FEW) for task in self.tasks]

    def _train(self, flat: np.ndarray, task: int, steps: int, rate: float, seed: int) -> np.ndarray:
        return train(self.model, flat, self.tasks[task], steps, rate, 100 * self.seed + seed)

    def _twins(self, start: np.ndarray, split: int) -> list[Trained]:
        parted = self._train(start, 0, split, 0.003, 40)
        return [Trained(self._train(parted, 0, self.net.steps - split, 0.003, 41 + n), 0) for n in range(2)]

    def clean(self) -> Iterator[tuple[str, Trained, Trained]]:
        """Yield the pairs whose average the check must let pass."""
        yield from (("fine-tunes of one task", a, b) for a, b in combinations(self.same, 2))
        yield from (("fine-tunes of two tasks", a, b) for a in self.same for b in self.other)
        yield ("fine-tunes of two tasks", *self.other)
        yield from (("twins that parted early", *pair) for pair in self.twins.values())
        yield from (("the same twice", a, a) for a in self.same[:1])
        yield from (("a fine-tune and the base", a, Trained(self.base, 0)) for a in self.same[:2] + self.other)

    def harm(self, a: Trained, b: Trained, damaged: Arrays, batches: list[tuple[np.ndarray, np.ndarray]]) -> float:
        """Return the loss that the average adds on the tasks of both, over what chance would add."""
        if len(damaged) < len(self.model.shapes):
            return float("nan")
        middle = 0.5 * (a.flat + flat_of(self.model, damaged))
        chance, found = float(np.log(self.net.classes)), []
        for parent in (a, b):
            own = value_of(self.model, parent.flat, batches[parent.task])
            found.append((value_of(self.model, middle, batches[parent.task]) - own) / (chance - own))
        return float(np.mean(np.nan_to_num(found, nan=1e3, posinf=1e3)))

    def pairs(self) -> Iterator[Pair]:
        """Judge every pair."""
        with tempfile.TemporaryDirectory() as folder:
            for kind, a, b in self.clean():
                base = None if "base" in kind else self.base
                yield self._judged(Path(folder), kind, True, a, b, arrays_of(self.model, b.flat), base)
            a, b = self.same[1], self.same[2]
            half = {name: array.astype(np.float16) for name, array in arrays_of(self.model, b.flat).items()}
            yield self._judged(Path(folder), "one stored as F16", True, a, b, half, self.base)
            yield self._judged(
                Path(folder), "a base of another start", False, a, b, arrays_of(self.model, b.flat), self.wrong_base
            )
            yield from self._damaged(Path(folder))

    def _damaged(self, folder: Path) -> Iterator[Pair]:
        base, alien = arrays_of(self.model, self.base), arrays_of(self.model, self.alien.flat)
        for kind, damage in DAMAGES.items():
            for a, b in ((self.same[1], self.same[2]), (self.same[0], self.other[0])):
                model = arrays_of(self.model, b.flat)
                if fits(kind, model):
                    yield self._judged(folder, kind, False, a, b, damage(model, base, alien, self.rng), self.base)

    def _judged(
        self, folder: Path, kind: str, is_clean: bool, a: Trained, b: Trained, second: Arrays, base: np.ndarray | None
    ) -> Pair:
        paths = [str(folder / name) for name in ("a", "b", "o")]
        anet_merge.save(paths[0], arrays_of(self.model, a.flat))
        anet_merge.save(paths[1], second)
        if base is not None:
            anet_merge.save(paths[2], arrays_of(self.model, base))
        found = anet_merge.compare(paths[:2], paths[2] if base is not None else None)
        (pair,) = found.pairs
        measures = {
            "distance of the weights": pair.distance,
            "cosine of the changes, from 1": 1 - pair.change_cosine,
            "sign conflict": pair.conflict,
            "ratio of the changes": abs(float(np.log(pair.ratio))) if pair.ratio > 0 else 0.0,
            f"loss on {FEW} examples a task": self.harm(a, b, second, self.few),
        }
        codes = tuple(finding.code for finding in found.findings if finding.severity != "note")
        harm = self.harm(a, b, second, self.batches)
        return Pair(self.net.name, kind, is_clean, found.verdict, codes, harm, measures)
