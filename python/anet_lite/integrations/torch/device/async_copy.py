"""Reads numbers from the device one interval late, so that nobody waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import torch

if TYPE_CHECKING:
    from torch import Tensor

    from anet_lite.integrations.torch.device.distributed import Pending


class _Way(NamedTuple):
    host: Tensor
    copied: Any
    """An event behind the copy, None where there is none to wait for."""
    summed: Pending | None
    """A reduction under way."""
    label: Any


class LateReader:
    """Holds what is on its way. What was put before the last `take` is there by the next one.

    From a CUDA device a copy into pinned memory starts at once, and an event is asked an interval later, when the copy
    is long done. From other devices the numbers are fetched when they are taken.
    """

    def __init__(self) -> None:
        self._ways: list[_Way] = []

    def put(self, values: Tensor, label: Any = None, summed: Pending | None = None) -> None:
        """Send a vector on its way."""
        if values.is_cuda:
            host = torch.empty(values.shape, dtype=values.dtype, pin_memory=True)
            host.copy_(values, non_blocking=True)
            copied = torch.cuda.Event()
            copied.record(torch.cuda.current_stream(values.device))
            self._ways.append(_Way(host, copied, summed, label))
        else:
            self._ways.append(_Way(values, None, summed, label))

    def take(self) -> list[tuple[Any, list[float]]]:
        """Return what was put before, in order: labels and numbers."""
        ways, self._ways = self._ways, []
        return [(way.label, _read(way)) for way in ways]

    def clear(self) -> None:
        """Forget what is on its way."""
        self._ways.clear()


def _read(way: _Way) -> list[float]:
    if way.summed is not None:
        way.summed.wait()
    if way.copied is not None:
        way.copied.synchronize()
    return way.host.tolist()
