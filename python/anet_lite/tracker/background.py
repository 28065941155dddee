"""A thread that writes what a training loop hands over, so that the loop never waits."""

from __future__ import annotations

import atexit
import threading
from typing import Any, Callable, Generic, TypeVar

from anet_lite._internal.forked_child import in_forked_child

T = TypeVar("T")


class Background(Generic[T]):
    """Hands items to a function in batches, in a thread of its own that begins with the first item.

    What waits is bounded: while the function is slower than the loop, new items are dropped and counted. At the end of
    the program what waits gets two more seconds; what still waits when it closes is dropped and counted too.

    The thread, and what the function writes to, belong to the process that made it. A forked child has neither: there
    nothing waits, and every item is dropped and counted at once.

    Args:
        work: Takes a batch, and returns how many of its items it lost. It raises nothing.
        most: Most items that wait.
        batch: Most items in a batch.
        pause: Seconds in which a batch may fill, unless somebody waits for it.
        at_close: Called with ``lost`` whenever it is closed, at the end of the program too.

    """

    def __init__(
        self,
        work: Callable[[list[T]], int | None],
        most: int = 10_000,
        batch: int = 500,
        pause: float = 0.5,
        at_close: Callable[[int], object] = lambda _: None,
    ) -> None:
        self._lost = self._in_flight = 0
        self._work, self._most, self._batch, self._pause = work, most, batch, pause
        self._at_close = at_close
        self._waiting: list[T] = []
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._hurry = self._closed = False
        self.refusal: str = "rows come faster than they are written, and some are dropped"
        _backgrounds.add(self)

    @property
    def lost(self) -> int:
        """Items that were dropped or lost; once it is closed, also those whose writing has not come to an end."""
        with self._changed:
            return self._lost + (self._in_flight if self._closed else 0)

    def put(self, item: T) -> bool:
        """Hand over an item; False where it is dropped, which ``refusal`` explains. Never waits for the function."""
        with self._changed:
            if self._closed or len(self._waiting) >= self._most:
                self._lost += 1
                return False
            self._waiting.append(item)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="anet-lite tracker", daemon=True)
                self._thread.start()
                atexit.register(self.close, 2.0)
            self._changed.notify_all()
            return True

    def flush(self, timeout: float) -> bool:
        """Wait until nothing waits, or the seconds are over; return whether all was handed on."""
        with self._changed:
            self._hurry = True
            self._changed.notify_all()
            done = self._changed.wait_for(lambda: not self._waiting and not self._in_flight, timeout)
            self._hurry = False
            return done

    def close(self, timeout: float) -> bool:
        """Flush, then take nothing more and drop what waits."""
        done = self.flush(timeout)
        with self._changed:
            self._closed = True
            self.refusal = "it is closed"
            self._lost += len(self._waiting)
            self._waiting = []
            self._changed.notify_all()
        atexit.unregister(self.close)
        self._at_close(self.lost)
        return done

    def let_go(self) -> None:
        """Leave what waits to the parent of this forked child. Its lock may have been held at the fork."""
        self._changed = threading.Condition()
        self._waiting, self._in_flight, self._thread = [], 0, None
        self._closed = True
        self.refusal = "it was made before a fork, and only the process that made it writes: make one in this process"

    def _run(self) -> None:
        while batch := self._next():
            lost = self._work(batch)
            with self._changed:
                self._lost += lost or 0
                self._in_flight = 0
                self._changed.notify_all()

    def _next(self) -> list[T]:
        """Wait for items, then for a batch to fill; nothing means the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            self._changed.wait_for(
                lambda: self._hurry or self._closed or len(self._waiting) >= self._batch, self._pause
            )
            batch, self._waiting = self._waiting[: self._batch], self._waiting[self._batch :]
            self._in_flight = len(batch)
            return batch


_backgrounds = in_forked_child(Background[Any].let_go)
