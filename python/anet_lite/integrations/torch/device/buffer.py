"""The numbers of one interval, in one vector on the device, so that one reduction and one copy carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch

from anet_lite.integrations.torch.device.layout import Layout
from anet_lite.integrations.torch.device.precision import sum_dtype

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor


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

    def __init__(self, steps: int, parameters: int, device: torch.device, ranks: int = 1, activations: int = 0) -> None:
        self.layout: Layout = Layout(steps, parameters, ranks, activations)
        self.device: torch.device = device
        self.rows: list[HostRow] = []
        self.values: Tensor = torch.zeros(self.layout.length, dtype=sum_dtype(device), device=device)

    @property
    def is_full(self) -> bool:
        """Whether no row is free."""
        return len(self.rows) == self.layout.steps

    @property
    def is_last(self) -> bool:
        """Whether the row being filled is the last one."""
        return len(self.rows) == self.layout.steps - 1

    def add(self, cell: str, value: Tensor | float) -> None:
        """Add to a cell of the row being filled."""
        self._add(self.layout.cell(len(self.rows), cell), value)

    def put_gradients(self, squares: Tensor) -> None:
        """Fill the parameters' squares of the row being filled, and their sum."""
        self.values[self.layout.gradients(len(self.rows))] = squares
        self.add("grad", squares.sum())
        self.add("grad_count", 1)

    def put(self, block: str, values: Tensor) -> None:
        """Fill a vector over the parameters."""
        self.values[self.layout.block(block)] = values

    def part(self, name: str, value: Tensor | float) -> None:
        """Add to a part."""
        self._add(self.layout.part(name), value)

    def of_rank(self, rank: int, name: str, value: Tensor | float) -> None:
        """Add to a rank's own number."""
        self._add(self.layout.of_rank(rank, name), value)

    def add_activations(self, places: Tensor, values: Tensor) -> None:
        """Add what was measured of activations, each to the sum of its place."""
        self.values[self.layout.activation_sums()].index_add_(0, places, values)
        self.values[self.layout.activation_counts()].index_add_(0, places, torch.ones_like(values))

    def close_row(self, row: HostRow) -> None:
        """End the row being filled."""
        self.rows.append(row)

    def _add(self, index: int, value: Tensor | float) -> None:
        self.values[index].add_(value.to(self.device) if isinstance(value, torch.Tensor) else value)


class HostBuffer:
    """A buffer on the host, after it was read."""

    def __init__(self, rows: Sequence[HostRow], layout: Layout, values: list[float]) -> None:
        self.rows = rows
        self.layout = layout
        self._values = values

    def cell(self, row: int, name: str) -> float:
        """Return a cell of a row."""
        return self._values[self.layout.cell(row, name)]

    def mean(self, row: int, name: str) -> float | None:
        """Return a cell over the count beside it; None where that is zero."""
        count = self.cell(row, f"{name}_count")
        return self.cell(row, name) / count if count else None

    def gradients(self, row: int) -> list[float]:
        """Return the square of each parameter's gradient in a row."""
        return self._values[self.layout.gradients(row)]

    def block(self, name: str) -> list[float]:
        """Return a vector over the parameters."""
        return self._values[self.layout.block(name)]

    def activations(self) -> list[float | None]:
        """Return the mean of each number of the activations; None where it was not measured."""
        sums = self._values[self.layout.activation_sums()]
        counts = self._values[self.layout.activation_counts()]
        return [total / count if count else None for total, count in zip(sums, counts)]

    def part(self, name: str) -> float:
        """Return a part."""
        return self._values[self.layout.part(name)]

    def of_ranks(self, name: str) -> list[float]:
        """Return a number of every rank."""
        return [self._values[self.layout.of_rank(rank, name)] for rank in range(self.layout.ranks)]
