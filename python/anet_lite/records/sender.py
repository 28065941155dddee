"""Sends a spool to a board, in a thread of its own: no training step waits for a network."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from anet_lite.records.spool import Spool, earlier_spool, new_spool

if TYPE_CHECKING:
    from anet_lite.records.board_address import BoardAddress

_GATHERED = 0.2
"""Seconds in which records come together into one post."""
_ALIVE = 20.0
"""Seconds after which a board is told that the writer is still there."""
_PAUSES = 0.5, 10.0
"""Seconds before the first try after a failure, which double, and before the later ones."""
_LAST = 5.0
"""Seconds that `close` gives the rest."""
_HURRIED = 0.2
"""Seconds between tries meanwhile."""
_LARGE = 1 << 20
"""Bytes from which a spool that was sent as a whole gives way to a new one."""


class Sender:
    """The spool of an address, and the thread that sends it.

    Args:
        address: The run on the board.

    """

    def __init__(self, address: BoardAddress) -> None:
        self.trouble: str = ""
        """Why the board does not take records at the moment, as a clause."""
        self._address = address
        self._spool = earlier_spool(address.url, address.name) or new_spool(address.url, address.name)
        self._after = ""
        self._wake, self._hurry = threading.Event(), threading.Event()
        self._is_released = self._is_given_up = False
        self._deadline = 0.0
        self._thread = threading.Thread(target=self._go_on, name="anet-lite sender", daemon=True)

    @property
    def path(self) -> str:
        """The spool."""
        return self._spool.path

    @property
    def waiting(self) -> int:
        """Records in the spool that the board is not known to have."""
        return self._spool.waiting

    def wake(self) -> None:
        """Send what was added to the spool."""
        if self._thread.ident is None:
            self._thread.start()
        self._wake.set()

    def is_done_with(self, size: int) -> bool:
        """Whether the spool is large, and the board has all of it."""
        return size >= _LARGE and self._spool.sent == size

    def begin_anew(self) -> str:
        """Take a new spool and return its path; one that was sent as a whole is deleted."""
        if self._spool.sent == self._spool.size:
            with suppress(OSError):
                os.unlink(self._spool.path)
        self._after = self._spool.name
        self._spool = new_spool(self._address.url, self._address.name)
        return self._spool.path

    def hurry(self) -> None:
        """Send the rest from now on, for a few seconds at the most."""
        if not self._hurry.is_set():
            self._deadline = time.monotonic() + _LAST
            self._hurry.set()
        if self._spool.size:
            self.wake()

    def close(self) -> bool:
        """Wait until the rest is sent or its time is over; return whether the board has all of it."""
        self.hurry()
        if self._thread.ident is not None:
            self._thread.join(max(0.0, self._deadline - time.monotonic()))
        self._is_given_up = True
        if done := self._is_released or not self._spool.size:
            with suppress(OSError):
                os.unlink(self._spool.path)
        return done

    def _go_on(self) -> None:
        pause = _PAUSES[0]
        while not self._is_released and not self._is_given_up:
            if self._send():
                pause = _PAUSES[0]
                self._wake.wait(_ALIVE)
                self._wake.clear()
                self._hurry.wait(_GATHERED)
            elif self._hurry.is_set():
                time.sleep(_HURRIED)
            else:
                self._hurry.wait(pause)
                pause = min(2 * pause, _PAUSES[1])

    def _send(self) -> bool:
        """Send all that there is, or one sign of life; return whether the board took it."""
        spool, after = self._spool, self._after
        try:
            self._post(spool, after)
            while spool.sent is not None and spool.size > spool.sent and spool.batch(spool.sent):
                self._post(spool, after)
            if self._hurry.is_set() and (size := spool.size) == spool.sent:
                self._address.post(b"", spool=spool.name, at=size, after=after, is_over=True)
                self._is_released = True
        except OSError as error:
            self.trouble = str(error)
            return False
        self.trouble = ""
        return True

    def _post(self, spool: Spool, after: str) -> None:
        at = spool.sent or 0
        # A spool of which nobody knows how much was sent is asked for first.
        lines = b"" if spool.sent is None else spool.batch(at)
        sent = self._address.post(lines, spool=spool.name, at=at, after=after)
        if not 0 <= sent <= spool.size:
            raise OSError("the board has more of this run than was sent to it: another program writes there")
        spool.sent = sent
