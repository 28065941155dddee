"""What was learned, kept in a file from one run to the next."""

from __future__ import annotations

import os
import time
from contextlib import suppress

from anet_lite.stream import StreamAlarms

_EVERY = 60.0
"""Seconds between two savings while a stream comes: what a kill can cost."""


class StateFile:
    """The state of streams in a file, replaced as a whole.

    Args:
        path: The file; "" keeps nothing.

    """

    def __init__(self, path: str) -> None:
        self._path, self._saved = path, time.monotonic()

    def load(self) -> StreamAlarms | None:
        """Return the streams of the file; None where there is none yet.

        Raises:
            OSError: It cannot be read.
            ValueError: It holds something else.

        """
        if not self._path:
            return None
        try:
            with open(self._path, "rb") as file:
                return StreamAlarms.from_bytes(file.read())
        except FileNotFoundError:
            return None

    def save(self, watched: StreamAlarms) -> None:
        """Write the streams.

        Raises:
            OSError: It cannot be written. The file is as it was.

        """
        if not self._path:
            return
        new = f"{self._path}.{os.getpid()}.new"
        try:
            with open(new, "wb") as file:
                file.write(watched.to_bytes())
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, self._path)
        finally:
            with suppress(OSError):
                os.unlink(new)
        self._saved = time.monotonic()

    def save_now_and_then(self, watched: StreamAlarms) -> None:
        """Write the streams where the last time is a minute ago."""
        if self._path and time.monotonic() - self._saved >= _EVERY:
            self.save(watched)
