"""A run that breaks for good, early: loss + 2 x its start and gradient x 30, planted into healthy runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from failure_zoo.zoo import parts
from planted.watched import columns, opened, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planted.watched import Array

#: Rows in which it must be found.
WITHIN = 64


def planted(rows: Array, row: int, names: Sequence[str]) -> dict[str, Array]:
    """Return the columns of a healthy run that breaks in a row."""
    signals = columns(rows, names)
    signals["loss"][row:] += 2 * signals["loss"][:8].mean()
    if "grad_norm" in signals:
        signals["grad_norm"][row:] *= 30
    return signals


def found(row: int, names: Sequence[str]) -> str:
    """Count the runs in which an incident opens in time, and those that ring there untouched."""
    healthy = [run.rows for run in parts()[0].healthy]
    hits = sum(within(opened(planted(rows, row, names)), row, WITHIN) for rows in healthy)
    lucky = sum(within(opened(columns(rows, names)), row, WITHIN) for rows in healthy)
    return f"{hits} of {len(healthy)}" + (f" ({lucky} by luck)" if lucky else "")
