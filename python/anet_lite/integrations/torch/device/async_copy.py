"""Asynchronous copies from the device to the host, read one interval late so that nothing waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast

import torch

if TYPE_CHECKING:
    from torch import Tensor

    from anet_lite.integrations.torch.device.distributed import Pending

C = TypeVar("C")


class _InFlight(NamedTuple):
    """A vector that is being reduced or copied."""

    host: Tensor
    copied: Any
    """The CUDA event behind the copy, None where there is none to wait for."""
    reduction: Pending | None
    """The reduction over ranks, None where none is under way."""
    context: Any


class DelayedReader(Generic[C]):
    """Holds copies in flight. What was put before the last `take` has arrived by the next one.

    From a CUDA device a copy into pinned memory starts at once. Its event is waited for an interval later, when the
    copy is long done. From other devices the numbers are fetched when they are taken.
    """

    def __init__(self) -> None:
        self._in_flight: list[_InFlight] = []

    def put(self, values: Tensor, context: C, reduction: Pending | None = None) -> None:
        """Start the copy of a vector; its context comes back with the numbers."""
        if values.is_cuda:
            host = torch.empty(values.shape, dtype=values.dtype, pin_memory=True)
            host.copy_(values, non_blocking=True)
            copied = torch.cuda.Event()
            copied.record(torch.cuda.current_stream(values.device))
            self._in_flight.append(_InFlight(host, copied, reduction, context))
        else:
            self._in_flight.append(_InFlight(values, None, reduction, context))

    def take(self) -> list[tuple[C, list[float]]]:
        """Return what was put before, in order: contexts and numbers."""
        arrived, self._in_flight = self._in_flight, []
        return [(copy.context, _read(copy)) for copy in arrived]

    def clear(self) -> None:
        """Forget the copies in flight."""
        self._in_flight.clear()


def host_list(values: Tensor) -> list[float]:
    """Return the numbers of a vector, for which the device is waited for."""
    return cast("list[float]", values.tolist())  # pyright: ignore[reportUnknownMemberType]  # torch: a bare list


def _read(copy: _InFlight) -> list[float]:
    if copy.reduction is not None:
        copy.reduction.wait()
    if copy.copied is not None:
        copy.copied.synchronize()
    return host_list(copy.host)
