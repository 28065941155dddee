"""Notices that no step comes any more, and says where every thread stands."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections import deque
from statistics import median
from typing import TYPE_CHECKING

from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.stream.duration import duration_text

if TYPE_CHECKING:
    from types import FrameType

    from anet_lite.integrations.remarks import Remarks

_logger = logging.getLogger("anet_lite")

#: A stall is at least so many usual steps: the median of the newest gaps.
USUAL, GAPS = 10, 32
#: Looks within the shortest stall, and seconds between two of them at most.
LOOKS, LONGEST = 8, 5.0


class StallWatch:
    """A thread that waits for steps. It begins with the second step: before it, models are compiled.

    A process that has died tells nothing; for that, ``anet-lite watch run.jsonl --stall 10m`` looks at its record.

    Args:
        seconds: A stall is that long at least, and ten usual steps.
        remarks: Where it is told.

    Raises:
        TypeError: ``seconds`` is no number.
        ValueError: It is not above 0.

    """

    def __init__(self, seconds: float, remarks: Remarks) -> None:
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetTypeError(f"stall must be a number of seconds, got {type(seconds).__name__}")
        if not 0 < seconds < float("inf"):
            raise AnetValueError(f"stall must be above 0 seconds, got {seconds}")
        self.seconds: float = float(seconds)
        self._remarks = remarks
        self._gaps: deque[float] = deque(maxlen=GAPS)
        self._last: float | None = None
        self._step = -1
        self._stalled = False
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def limit(self) -> float:
        """Seconds without a step from which on it is a stall."""
        return max(self.seconds, USUAL * median(self._gaps)) if self._gaps else self.seconds

    def beat(self, step: int) -> None:
        """Note that a step is over."""
        now = time.monotonic()
        if self._last is not None and not self._stalled:
            self._gaps.append(now - self._last)
        waited, self._last, self._step = self._last, now, step
        if self._stalled and waited is not None:
            self._stalled = False
            self._remarks.say("stall_over", step, step, at=step, seconds=duration_text(round(now - waited, 1)))
        if self._thread is None and self._gaps:
            self._thread = threading.Thread(target=self._run, name="anet-lite stall", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._over.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(1.0)

    def _run(self) -> None:
        while not self._over.wait(min(self.seconds / LOOKS, LONGEST)):
            self._look()

    def _look(self) -> None:
        last, limit = self._last, self.limit
        if last is None or self._stalled or time.monotonic() - last < limit:
            return
        self._stalled = True
        waited = duration_text(round(time.monotonic() - last, 1))
        self._remarks.say("stalled", self._step, self._step, at=self._step, seconds=waited, where=_place())
        if not self._remarks.quiet:
            _logger.warning("the stacks of all threads:\n%s", stacks())


def stacks() -> str:
    """Return where every thread of this process stands, the main one first."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    frames = sorted(_frames().items(), key=lambda item: item[0] != threading.main_thread().ident)
    own = threading.get_ident()
    return "\n".join(
        f"{names.get(ident, 'a thread')}:\n{''.join(traceback.format_stack(frame))}"
        for ident, frame in frames
        if ident != own
    )


def _frames() -> dict[int, FrameType]:
    return sys._current_frames()  # pyright: ignore[reportPrivateUsage]  # documented, for this use


def _place() -> str:
    """Return file, line and function of the main thread."""
    frame = _frames().get(threading.main_thread().ident or 0)
    if frame is None:
        return "?"
    return f"{frame.f_code.co_filename}:{frame.f_lineno} in {frame.f_code.co_name}"
