"""What the ranks of a run say beside each other: copies that differ, a loss that is not finite, one that is apart."""

from __future__ import annotations

from collections import Counter, deque
from math import isfinite, sqrt
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from anet_lite.integrations.remarks.remark import few
from anet_lite.integrations.remarks.texts import TEXTS

if TYPE_CHECKING:
    from anet_lite.integrations.remarks import Remarks
    from anet_lite.integrations.torch.device.buffer import HostBuffer

#: Relative difference of sums of squares that ranks may have: the same numbers may be added up in another order.
TOLERANCE = 1e-6
#: Intervals whose mean losses are compared, and from which on.
KEPT, LEAST = 16, 8
#: Standard errors by which a rank's loss must differ, and the part of the mean loss.
ERRORS, PART = 8.0, 0.05


class RankCompare:
    """Compares the ranks once an interval. All ranks hold the same numbers, so all come to the same."""

    def __init__(self, ranks: int) -> None:
        self._gaps: list[deque[tuple[float, float]]] = [deque(maxlen=KEPT) for _ in range(ranks)]

    def take(self, numbers: HostBuffer, step: int, every: int, remarks: Remarks) -> int | None:
        """Take an interval; return how many ranks hold other copies than most, None where nothing was measured."""
        self._losses(numbers, step, every, remarks)
        found = [
            (name, odd)
            for name, part in (("ranks_out_of_sync", "copies"), ("gradients_out_of_sync", "grad"))
            if (odd := out_of_step(numbers.of_ranks(part)))
        ]
        for name, odd in found[:1]:  # different gradients make different copies
            values = numbers.of_ranks("copies" if name == "ranks_out_of_sync" else "grad")
            shown = ", ".join(f"{values[rank]:.9g}" for rank in range(min(len(values), 8)))
            remarks.say(name, step, at=step, ranks=_named(odd, remarks.lang), values=shown)
        measured = any(numbers.of_ranks("copies")) or any(numbers.of_ranks("grad"))
        return max((len(odd) for _, odd in found), default=0) if measured else None

    def _losses(self, numbers: HostBuffer, step: int, every: int, remarks: Remarks) -> None:
        counts = numbers.of_ranks("loss_count")
        if not all(counts):
            return
        losses = [total / count for total, count in zip(numbers.of_ranks("loss"), counts)]
        bad = [rank for rank, loss in enumerate(losses) if not isfinite(loss)]
        if bad:
            if len(bad) < len(losses):
                remarks.say("rank_not_finite", step, tuple(bad), at=step, ranks=_named(bad, remarks.lang))
            return
        for rank, loss in enumerate(losses):
            others = fmean(losses[:rank] + losses[rank + 1 :])
            self._gaps[rank].append((loss, others))
        self._stands_apart(step, every, remarks)

    def _stands_apart(self, step: int, every: int, remarks: Remarks) -> None:
        """Name the rank that stands apart the most; of two it is the higher one, since each is the other's other."""
        scores = [strangeness(list(gaps)) for gaps in self._gaps]
        rank = max(range(len(scores)), key=lambda at: (abs(scores[at]), scores[at]))
        if abs(scores[rank]) < ERRORS:
            return
        own, others = (fmean(pair[side] for pair in self._gaps[rank]) for side in (0, 1))
        texts = TEXTS[remarks.lang]
        side = texts["above" if own > others else "below"]
        rows = every * len(self._gaps[rank])
        remarks.say("rank_differs", step, rank, rank=rank, side=side, rows=rows, own=own, others=others)


def out_of_step(values: list[float]) -> list[int]:
    """Return the ranks whose number is not that of most; of two that differ, both.

    Example:
        >>> from anet_lite.integrations.torch.ranks import out_of_step
        >>> out_of_step([2.0, 2.0, 2.5]), out_of_step([2.0, 2.5]), out_of_step([2.0, 2.0])
        ([2], [0, 1], [])

    """
    alike = [next(at for at, other in enumerate(values) if _is_same(value, other)) for value in values]
    (most, count), *_ = Counter(alike).most_common(1)
    if 2 * count <= len(values) and len(set(alike)) > 1:
        return list(range(len(values)))
    return [rank for rank, like in enumerate(alike) if like != most]


def _is_same(one: float, other: float) -> bool:
    if not (isfinite(one) and isfinite(other)):
        return isfinite(one) == isfinite(other)
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other))


def strangeness(gaps: list[tuple[float, float]]) -> float:
    """Return by how many standard errors a rank's losses differ from the others'; 0 for a small part of them."""
    if len(gaps) < LEAST:
        return 0.0
    apart = [own - others for own, others in gaps]
    middle, level = fmean(apart), fmean(abs(others) for _, others in gaps)
    if abs(middle) < PART * level:
        return 0.0
    error = stdev(apart) / sqrt(len(apart))
    return middle / error if error > 0 else float("inf") if middle > 0 else float("-inf")


def _named(ranks: list[int], lang: str) -> str:
    return few([TEXTS[lang]["rank"].format(rank=rank) for rank in ranks], lang)
