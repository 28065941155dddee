"""Batches that come again in the same order: one for ever, a short period, or those from before a resume."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from anet_lite._native import AnetValueError

if TYPE_CHECKING:
    from anet_lite.integrations.remarks import Remarks

#: Steps running whose batches came before, always as many steps ago: by chance, in epochs that are shuffled, never.
REPEATED = 8
#: Batches that are remembered, and those that are saved.
KEPT, SAVED = 1 << 16, 1024


class BatchIds:
    """Remembers which batch came when, by a hash of what ``batch_id`` shows.

    An epoch that is not shuffled repeats itself too: that is said as well, once, since it is not always meant.

    Args:
        remarks: Where it is told.

    Example:
        >>> from anet_lite.integrations.batches import BatchIds
        >>> from anet_lite.integrations.remarks import Remarks
        >>> remarks = Remarks(quiet=True)
        >>> batches = BatchIds(remarks)
        >>> for step in range(30):
        ...     batches.take(step, f"shard0/{step % 20}")
        >>> remarks.all[0].text[:81]
        'Step 27: the batches of the last 8 steps are those of 20 steps before, in the sam'

    """

    def __init__(self, remarks: Remarks) -> None:
        self._remarks = remarks
        self._last: dict[int, int] = {}
        self._count = 0
        self._resumed = 0
        self._period, self._run = 0, 0

    def take(self, step: int, batch_id: object) -> None:
        """Take the batch of a step; None is none."""
        if batch_id is None:
            return
        key = int.from_bytes(blake2b(repr(batch_id).encode(), digest_size=6).digest(), "little")
        before = self._last.pop(key, None)
        self._follow(0 if before is None else self._count - before, step)
        self._last[key] = self._count
        self._count += 1
        if len(self._last) > KEPT:
            del self._last[next(iter(self._last))]

    def _follow(self, period: int, step: int) -> None:
        self._run = self._run + 1 if period and period == self._period else int(period > 0)
        self._period = period
        if self._run == REPEATED:
            is_old = self._count - period < self._resumed
            name = "batches_replayed" if is_old else "batches_repeat"
            self._remarks.say(name, step, at=step, count=REPEATED, period=period)

    def state_dict(self) -> list[int]:
        """Return the newest batches, the oldest first, as numbers."""
        return list(self._last)[-SAVED:]

    def load_state_dict(self, state: list[int]) -> None:
        """Go on from a state: its batches came before.

        Raises:
            ValueError: It is no list of numbers.

        """
        if not isinstance(state, list) or not all(isinstance(key, int) for key in state):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetValueError("state of batches must be a list of numbers")
        self._last = {key: at for at, key in enumerate(state)}
        self._count = self._resumed = len(state)
        self._period, self._run = 0, 0
