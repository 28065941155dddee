"""Bytes as they come, from a pipe or from a file that grows, without waiting longer than asked."""

from __future__ import annotations

import os
import queue
import threading
import time

_PIECE = 1 << 16
_WAITING = 16
"""Pieces that wait at most: a fast writer is held up, memory is not filled."""
_LOOK_EVERY = 0.2


class Pieces:
    """Reads in a thread of its own, so that the loop can look at the clock while nothing comes.

    Args:
        path: A file to follow as it grows, through rotations; "" is standard input.

    """

    def __init__(self, path: str = "") -> None:
        self._queue: queue.Queue[bytes | OSError] = queue.Queue(_WAITING)
        work = self._follow if path else self._pipe
        self._path = path
        threading.Thread(target=work, name="anet-lite input", daemon=True).start()

    def get(self, timeout: float | None) -> bytes | None:
        """Return the next bytes; b"" where none came in time, None at the end.

        Raises:
            OSError: The input cannot be read.

        """
        try:
            piece = self._queue.get(timeout=timeout)
        except queue.Empty:
            return b""
        if isinstance(piece, OSError):
            raise piece
        return piece or None

    def _pipe(self) -> None:
        try:
            while piece := os.read(0, _PIECE):
                self._queue.put(piece)
        except OSError as error:
            self._queue.put(error)
        self._queue.put(b"")

    def _follow(self) -> None:
        """Read to the end, wait, and read on; begin again where the file was replaced or cut."""
        at, inode = 0, -1
        while True:
            try:
                with open(self._path, "rb") as file:
                    state = os.fstat(file.fileno())
                    if state.st_ino != inode or state.st_size < at:
                        at, inode = 0, state.st_ino
                    file.seek(at)
                    while piece := file.read(_PIECE):
                        at += len(piece)
                        self._queue.put(piece)
            except FileNotFoundError:
                inode = -1  # between two files of a rotation, or not there yet
            except OSError as error:
                self._queue.put(error)
                return
            time.sleep(_LOOK_EVERY)
