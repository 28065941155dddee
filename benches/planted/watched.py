"""Where incidents open when a monitor sees columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite import Monitor
from failure_zoo.runs import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from anet_lite import Alarm

    Array = NDArray[np.float64]

#: What most loops log; only attach measures the update and the noise.
LOGGED = ("loss", "grad_norm", "lr")


def columns(rows: Array, names: Sequence[str] = COLUMNS) -> dict[str, Array]:
    """Return columns of a recorded run by name."""
    return {name: rows[:, COLUMNS.index(name)].copy() for name in names}


def alarms(signals: dict[str, Array], asked: float = 1.0) -> list[Alarm]:
    """Return all alarms."""
    return Monitor(asked).update_many(signals).alarms


def opened(signals: dict[str, Array], asked: float = 1.0) -> list[int]:
    """Return the rows in which incidents open."""
    return sorted({alarm.incident for alarm in alarms(signals, asked)})


def rate(counts: list[int], rows: int) -> str:
    """Return false alarms per 10,000 rows, and how many runs have any."""
    ringing = sum(count > 0 for count in counts)
    return f"{1e4 * sum(counts) / rows:.2f} ({ringing} of {len(counts)} runs ring)"


def within(opens: list[int], first: int, rows: int) -> bool:
    """Tell whether an incident opens in so many rows from the first on."""
    return any(first <= row < first + rows for row in opens)
