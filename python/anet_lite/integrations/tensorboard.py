"""TensorBoard: event files written by TensorBoard's own writers, which need no torch and no TensorFlow."""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.tracker import Batched

if TYPE_CHECKING:
    from anet_lite.tracker import Alert, Row

MESSAGES = "anet/messages"
"""The tag of what is told in words."""


class TensorBoardTracker(Batched):
    """Writes the numbers of a run as scalars: ``anet/theta``, ``anet/status``, ``anet/alarm/drift_loss`` and so on.

    Those of a stream are ``anet/stream/<name>/score``, ``p_value`` and ``alarm``, over its samples. What is told in
    words, when an incident opens, changes and ends, stands under ``anet/messages`` among the texts, in a file of its
    own; ``anet/incident`` is 1 while one goes on.

    Args:
        folder: Where the event files go. It may be that of another writer: TensorBoard shows both.
        every: Steps from one row to the next; steps with an alarm are always written.
        timeout: Seconds that ``flush`` and ``close`` wait at most.
        cooldown: Seconds in which an incident that opens like another gives no message.
        lang: Language of the messages, ``"en"`` or ``"ja"``.

    Raises:
        ImportError: The extra ``anet-lite[tensorboard]`` is not installed.
        ValueError: ``every`` is below 1, or ``lang`` is another language.

    Example:
        >>> import tempfile
        >>> from anet_lite import Monitor
        >>> from anet_lite.integrations.tensorboard import TensorBoardTracker
        >>> with tempfile.TemporaryDirectory() as folder, TensorBoardTracker(folder) as tracker:
        ...     tracker.log(Monitor().update(loss=1.0))

    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        every: int = 10,
        timeout: float = 10.0,
        cooldown: float = 300.0,
        lang: str = "en",
    ) -> None:
        super().__init__(every, cooldown, timeout, lang=lang)
        _leave_tensorflow()
        self._summary = need("tensorboard.summary", "tensorboard")
        self._folder = os.fspath(folder)
        self._writer: Any = None
        self._texts: Any = None

    def _write(self, rows: list[Row]) -> None:
        if self._writer is None:
            self._writer = self._summary.Writer(self._summary.DirectoryOutput(self._folder))
        for row in rows:
            for name, value in row.metrics.items():
                self._writer.add_scalar(name, value, row.step, wall_time=row.time)
            if row.alert is not None:
                self._text(row, row.alert)
        self._writer.flush()
        if self._texts is not None:
            self._texts.flush()

    def _text(self, row: Row, alert: Alert) -> None:
        """Write a message, which ``Writer`` has no method for."""
        if self._texts is None:
            writer = need("tensorboard.summary.writer.event_file_writer", "tensorboard")
            self._texts = writer.EventFileWriter(self._folder, filename_suffix=".anet-messages")
        summary = need("tensorboard.plugins.text.summary_v2", "tensorboard")
        proto = need("tensorboard.compat.proto.event_pb2", "tensorboard")
        text = summary.text_pb(MESSAGES, f"**{alert.title}**\n\n{alert.text}")
        self._texts.add_event(proto.Event(wall_time=row.time, step=row.step, summary=text))

    def _stop(self) -> None:
        for writer in (self._writer, self._texts):
            if writer is not None:
                writer.close()
        self._writer = self._texts = None


def _leave_tensorflow() -> None:
    """Have TensorBoard's writer do without TensorFlow, by TensorBoard's own switch, unless the program uses it already.

    Where it is installed the writer imports it: that takes ten seconds, and ends a process that holds torch.
    """
    if "tensorflow" not in sys.modules:
        sys.modules.setdefault("tensorboard.compat.notf", ModuleType("tensorboard.compat.notf"))
