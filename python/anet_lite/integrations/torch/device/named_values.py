"""Values of named signals of one interval: numbers of the host, or tensors that nothing waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from anet_lite.integrations.torch.device.async_copy import DelayedReader

if TYPE_CHECKING:
    from torch import Tensor


class NamedValues:
    """Takes values row by row, and gives each row's means when the interval is read.

    They are not summed over ranks: a signal may come on one rank alone, where a collective call would wait for ever.
    """

    def __init__(self) -> None:
        self._numbers: list[tuple[int, str, float]] = []
        self._tensors: list[tuple[int, str, Tensor]] = []
        self._reader: DelayedReader[None] = DelayedReader()

    def add(self, row: int, name: str, value: Tensor | float) -> None:
        """Take a value of the row being filled."""
        if isinstance(value, torch.Tensor):
            self._tensors.append((row, name, value.detach().double().mean()))
        else:
            self._numbers.append((row, name, float(value)))

    def split(self, row: int) -> tuple[NamedValues, NamedValues]:
        """Return the values of earlier rows than this one, and the others."""
        earlier, later = NamedValues(), NamedValues()
        for number in self._numbers:
            (earlier if number[0] < row else later)._numbers.append(number)
        for tensor in self._tensors:
            (earlier if tensor[0] < row else later)._tensors.append(tensor)
        return earlier, later

    def send(self) -> None:
        """Start the copy of the tensors to the host."""
        if self._tensors:
            device = self._tensors[0][2].device
            self._reader.put(torch.stack([value.to(device) for _, _, value in self._tensors]), None)

    def rows(self) -> dict[int, dict[str, float]]:
        """Return the mean of each signal in each row that has one. Call it once, after `send`."""
        arrived = [value for _, values in self._reader.take() for value in values]
        found = [*self._numbers, *((row, name, value) for (row, name, _), value in zip(self._tensors, arrived))]
        values: dict[int, dict[str, list[float]]] = {}
        for row, name, value in found:
            values.setdefault(row, {}).setdefault(name, []).append(value)
        return {row: {name: sum(of) / len(of) for name, of in named.items()} for row, named in values.items()}
