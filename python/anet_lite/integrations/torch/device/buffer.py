"""The numbers of one interval, laid out in one vector on the device, so that one reduction and one copy carry them.

A row of `CELLS` for each step, then a vector over the parameters for each of `BLOCKS`, measured once an interval, then
`PARTS` of the noise scale. What was not given or not measured has a count of zero beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch

from anet_lite.integrations.torch.device.precision import sum_dtype

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

CELLS = ("loss", "loss_count", "grad", "grad_count", "given", "given_count", "skipped", "rate")
BLOCKS = ("grad", "noise", "update", "after", "inner")
PARTS = ("small", "inverse_samples", "samples", "ranks", "big")


class HostRow(NamedTuple):
    """What the host knows of a step without the device."""

    step: int
    rate: float | None
    """None where the rate is a tensor, and is in the buffer."""
    batch_id: object
    stepped: bool
    """Whether the optimizer was called."""
    measured: bool
    """Whether the vectors over the parameters are this row's."""


class Buffer:
    """The numbers of up to `steps` steps, on the device while they are measured."""

    def __init__(self, steps: int, parameters: int, device: torch.device) -> None:
        self.steps: int = steps
        self.parameters: int = parameters
        self.device: torch.device = device
        self.rows: list[HostRow] = []
        length = steps * len(CELLS) + parameters * len(BLOCKS) + len(PARTS)
        self.values: Tensor = torch.zeros(length, dtype=sum_dtype(device), device=device)

    @property
    def is_full(self) -> bool:
        """Whether no row is free."""
        return len(self.rows) == self.steps

    @property
    def is_last(self) -> bool:
        """Whether the row being filled is the last one."""
        return len(self.rows) == self.steps - 1

    def add(self, cell: str, value: Tensor | float) -> None:
        """Add to a cell of the row being filled."""
        self._add(len(self.rows) * len(CELLS) + CELLS.index(cell), value)

    def put(self, block: str, values: Tensor) -> None:
        """Fill a vector over the parameters."""
        start = self.steps * len(CELLS) + BLOCKS.index(block) * self.parameters
        self.values[start : start + self.parameters] = values

    def part(self, name: str, value: Tensor | float) -> None:
        """Add to a part of the noise scale."""
        self._add(PARTS.index(name) - len(PARTS), value)

    def close_row(self, row: HostRow) -> None:
        """End the row being filled."""
        self.rows.append(row)

    def _add(self, index: int, value: Tensor | float) -> None:
        self.values[index].add_(value.to(self.device) if isinstance(value, torch.Tensor) else value)


class HostBuffer:
    """A buffer on the host, after it was read."""

    def __init__(self, rows: Sequence[HostRow], steps: int, values: list[float]) -> None:
        self.rows = rows
        self._values = values
        self._steps = steps
        self._parameters = (len(values) - steps * len(CELLS) - len(PARTS)) // len(BLOCKS)

    def cell(self, row: int, name: str) -> float:
        """Return a cell of a row."""
        return self._values[row * len(CELLS) + CELLS.index(name)]

    def mean(self, row: int, name: str) -> float | None:
        """Return a cell over the count beside it; None where that is zero."""
        count = self.cell(row, f"{name}_count")
        return self.cell(row, name) / count if count else None

    def block(self, name: str) -> list[float]:
        """Return a vector over the parameters."""
        start = self._steps * len(CELLS) + BLOCKS.index(name) * self._parameters
        return self._values[start : start + self._parameters]

    def part(self, name: str) -> float:
        """Return a part of the noise scale."""
        return self._values[PARTS.index(name) - len(PARTS)]
