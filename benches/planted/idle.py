"""Signals that show nothing, added to runs that fail: the first alarm must come as soon as without them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from anet_lite import Monitor
from failure_zoo.zoo import parts
from planted.watched import LOGGED, columns

if TYPE_CHECKING:
    from failure_zoo.runs import Failing
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


def delays(run: Failing, seed: int) -> tuple[int | None, int | None, int | None]:
    """Return the first alarm with what loops log, with an idle update and noise too, and with three groups as well."""
    logged, idle = columns(run.rows, LOGGED), Idle(np.random.default_rng(seed))
    rows = len(run.rows)
    more = {**logged, "step_norm": idle.norm(logged["lr"]), "noise": idle.level(rows)}
    groups = [{"grad_norm": idle.level(rows), "step_norm": idle.norm(logged["lr"]), "lr": logged["lr"]} for _ in GROUPS]
    alone = first_alarm(logged, run.onset, [])
    return alone, first_alarm(more, run.onset, []), first_alarm(more, run.onset, groups)


def later() -> tuple[str, str]:
    """Count the failing runs that ring as soon, of those that ring: with idle signals, and with groups too."""
    failing = [run for run in parts()[0].failing if run.broken is not None]
    seen = [found for at, run in enumerate(failing) if (found := delays(run, at))[0] is not None]
    return _as_soon([(alone, more) for alone, more, _ in seen]), _as_soon([(alone, most) for alone, _, most in seen])


def _as_soon(pairs: list[tuple[int | None, int | None]]) -> str:
    never = sum(late is None for _, late in pairs)
    soon = sum(late is not None and alone is not None and late <= alone + NEAR for alone, late in pairs)
    return f"{soon} of {len(pairs)}" + (f" ({never} never)" if never else "")
