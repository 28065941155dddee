"""What is known once an interval, as named signals: times, memory, tensors that are spoiled, ranks out of sync."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.integrations.remarks.remark import few
from anet_lite.integrations.torch.act.finite import not_finite
from anet_lite.integrations.torch.ranks import RankCompare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.integrations.remarks import Remarks
    from anet_lite.integrations.torch.device.buffer import HostBuffer
    from anet_lite.integrations.torch.loop.interval import Interval


class IntervalSignals:
    """Finds the signals of an interval that is over.

    Args:
        ranks: How many ranks train together.
        remarks: Where tensors and ranks are named.
        activations: The names of what is measured of activations.

    """

    def __init__(self, ranks: int, remarks: Remarks, activations: Sequence[str] = ()) -> None:
        self._ranks = RankCompare(ranks) if ranks > 1 else None
        self._remarks, self._activations = remarks, activations

    def take(self, numbers: HostBuffer, interval: Interval, step: int) -> dict[str, float]:
        """Return the signals, which belong to the interval's last step."""
        found = dict(interval.times)
        if interval.others:
            found["nonfinite_tensors"] = self._count_spoiled(numbers, interval)
        measured = zip(self._activations, numbers.activations())
        found.update((name, value) for name, value in measured if value is not None)
        if self._ranks is not None:
            apart = self._ranks.take(numbers, step, interval.layout.steps, self._remarks)
            if apart is not None:
                found["ranks_out_of_sync"] = float(apart)
        return found

    def _count_spoiled(self, numbers: HostBuffer, interval: Interval) -> float:
        """Return how many tensors that no gradient trains are not finite, on all ranks; name those of this rank."""
        count = numbers.part("spoiled")
        if count:
            names = not_finite(interval.others)
            shown, total = few(names, self._remarks.lang), len(interval.others)
            self._remarks.say("spoiled", None, tuple(names), names=shown, count=len(names), total=total)
        return count
