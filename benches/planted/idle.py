"""Signals that show nothing, added to runs that fail: the first alarm must come as soon as without them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from anet_lite import Monitor
from failure_zoo.zoo import parts
from planted.watched import LOGGED, columns

if TYPE_CHECKING:
    from planted.watched import Array

GROUPS = ("one", "two", "three")
#: Rows that count as the same time.
NEAR = 2


@dataclass(frozen=True)
class Idle:
    """Signals of a healthy run, by construction: each wavers by a tenth about its level."""

    rng: np.random.Generator

    def norm(self, lr: Array) -> Array:
        """Return an update norm in proportion to the rate."""
        return lr * np.exp(self.rng.normal(0, 0.1, len(lr)))

    def level(self, rows: int) -> Array:
        """Return a signal about 1."""
        return np.exp(self.rng.normal(0, 0.1, rows))


def first_alarm(signals: dict[str, Array], onset: int, groups: list[dict[str, Array]]) -> int | None:
    """Return the row of the first alarm from the onset on."""
    monitor = Monitor()
    for row in range(len(signals["loss"])):
        for name, part in zip(GROUPS, groups):
            monitor.group(name).update(**{key: values[row] for key, values in part.items()})
        snapshot = monitor.update(**{key: values[row] for key, values in signals.items()})
        if snapshot.alarms and row >= onset:
            return row
    return None


def delays(logged: dict[str, Array], onset: int, seed: int) -> tuple[int | None, int | None, int | None]:
    """Return the first alarm with what loops log, with an idle update and noise too, and with three groups as well."""
    idle, rows = Idle(np.random.default_rng(seed)), len(logged["loss"])
    more = {**logged, "step_norm": idle.norm(logged["lr"]), "noise": idle.level(rows)}
    groups = [{"grad_norm": idle.level(rows), "step_norm": idle.norm(logged["lr"]), "lr": logged["lr"]} for _ in GROUPS]
    return first_alarm(logged, onset, []), first_alarm(more, onset, []), first_alarm(more, onset, groups)


def told(runs: list[tuple[dict[str, Array], int]]) -> str:
    """Count the runs, each with its onset, that ring as soon, of those that ring: with idle signals; groups too."""
    seen = [found for seed, run in enumerate(runs) if (found := delays(*run, seed))[0] is not None]
    more, most = [(alone, late) for alone, late, _ in seen], [(alone, late) for alone, _, late in seen]
    return f"{_as_soon(more)}; {_as_soon(most)}"


def on_the_zoo() -> str:
    """Count on the zoo's failing runs that visibly break."""
    failing = [run for run in parts()[0].failing if run.broken is not None]
    return told([(columns(run.rows, LOGGED), run.onset) for run in failing])


def _as_soon(pairs: list[tuple[int | None, int | None]]) -> str:
    never = sum(late is None for _, late in pairs)
    soon = sum(late is not None and alone is not None and late <= alone + NEAR for alone, late in pairs)
    return f"{soon} of {len(pairs)}" + (f" ({never} never)" if never else "")
