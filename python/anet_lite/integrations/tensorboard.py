"""TensorBoard: event files written by TensorBoard's own writer, which needs no torch and no TensorFlow."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.tracker import Batched

if TYPE_CHECKING:
    from anet_lite.tracker import Row


class TensorBoardTracker(Batched):
    """Writes the numbers of a run as scalars: ``anet/theta``, ``anet/status``, ``anet/alarm/drift_loss`` and so on.

    Those of a stream are ``anet/stream/<name>/score``, ``p_value`` and ``alarm``, over its samples.

    Args:
        folder: Where the event files go. It may be that of another writer: TensorBoard shows both.
        every: Steps from one row to the next; steps with an alarm are always written.
        timeout: Seconds that ``flush`` and ``close`` wait at most.

    Raises:
        ImportError: The extra ``anet-lite[tensorboard]`` is not installed.

    Example:
        >>> import tempfile
        >>> from anet_lite import Monitor
        >>> from anet_lite.integrations.tensorboard import TensorBoardTracker
        >>> with tempfile.TemporaryDirectory() as folder, TensorBoardTracker(folder) as tracker:
        ...     tracker.log(Monitor().update(loss=1.0))

    """

    def __init__(self, folder: str | os.PathLike[str], every: int = 10, timeout: float = 10.0) -> None:
        super().__init__(every, timeout=timeout)
        self._summary = need("tensorboard.summary", "tensorboard")
        self._folder = os.fspath(folder)
        self._writer: Any = None

    def _write(self, rows: list[Row]) -> None:
        if self._writer is None:
            self._writer = self._summary.Writer(self._summary.DirectoryOutput(self._folder))
        for row in rows:
            for name, value in row.metrics.items():
                self._writer.add_scalar(name, value, row.step, wall_time=row.time)
        self._writer.flush()

    def _stop(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
