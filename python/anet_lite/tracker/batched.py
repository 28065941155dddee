"""What the trackers have in common: rows every few steps, alarms at once, written in a thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite.tracker.background import Background
from anet_lite.tracker.intake import Intake
from anet_lite.tracker.unconfirmed import Unconfirmed

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from typing_extensions import Self

    from anet_lite import Detection, Snapshot, StreamAlarm
    from anet_lite.integrations.remarks import Remark
    from anet_lite.tracker.row import Row


class Batched:
    """A tracker that writes batches of rows in a thread; a service gives ``_write``.

    It is pickled and copied as a call of its class with the same arguments: another process needs a thread and a
    connection of its own, and what waits here is written here. In a forked child it writes nothing and counts all as
    lost, for it would share the parent's connection.

    Args:
        every: Steps of a run, or samples of a stream, from one row to the next. One with an alarm always has a row.
        cooldown: Seconds in which an incident that opens like another gives no message.
        timeout: Seconds that ``flush`` and ``close`` wait at most.
        batch: Most rows in a batch. One that fails loses all of its rows.
        only_messages: Whether nothing but a message becomes a row.
        lang: Language of the messages, ``"en"`` or ``"ja"``.

    Raises:
        TypeError: ``every`` is not an integer.
        ValueError: ``every`` is below 1, or ``lang`` is another language.

    """

    _made: Callable[[], Batched]

    def __new__(cls, *args: Any, **options: Any) -> Self:
        """Keep the arguments."""
        tracker = super().__new__(cls)
        tracker._made = partial(cls, *args, **options)
        return tracker

    def __init__(
        self,
        every: int = 10,
        cooldown: float = 300.0,
        timeout: float = 10.0,
        batch: int = 500,
        only_messages: bool = False,
        lang: str = "en",
    ) -> None:
        self._intake = Intake(every, cooldown, only_messages, lang)
        self.every: int = every
        self.timeout: float = timeout
        self._writing = LogOnce(f"writing to {type(self).__name__}")
        self._queueing = LogOnce(f"keeping up with the run in {type(self).__name__}")
        self._unconfirmed = Unconfirmed(type(self).__name__, lang)
        self._background = Background(self._write_counted, batch=batch, at_close=self._unconfirmed.say)

    def __reduce__(self) -> tuple[Callable[[], Batched], tuple[()]]:
        return self._made, ()

    @property
    def lost(self) -> int:
        """Rows that are not known to be written: the service failed or was too slow; once closed, also what waited."""
        return self._background.lost

    def log(self, seen: Snapshot | Detection | StreamAlarm, stream: str = "", step: int | None = None) -> None:
        """Take a snapshot of the run, a sample of a stream, or an alarm of a stream.

        One snapshot in ``every`` becomes a row, and each that has an alarm; so does one sample in ``every`` of each
        stream, and each with a p-value of at most 1e-4. An alarm becomes a row where it begins and where it is over.

        Args:
            seen: What ``Monitor.update``, ``StreamDetector.push`` or :class:`anet_lite.StreamAlarms` returned.
            stream: The stream of a detection; an alarm knows its own.
            step: The number of a detection's sample; by default they are counted, those of each stream.

        """
        with self._writing:
            self._count(seen)
            row = self._intake.take(seen, stream, step)
            if row is not None:
                self._hand_over(row)

    def tell(self, remark: Remark) -> None:
        """Take a remark on the loop itself, such as that a checkpoint is spoiled: a message of its own."""
        with self._writing:
            self._hand_over(self._intake.remark(remark))

    def flush(self) -> None:
        """Wait until all rows are written, or the timeout is over."""
        with self._queueing:
            if not self._background.flush(self.timeout):
                raise TimeoutError(f"rows are still waiting after {self.timeout} seconds")

    def close(self) -> None:
        """Flush, let go of the service, and log what was not confirmed as delivered, as the end of a program does."""
        self.flush()
        self._background.close(0.0)
        with self._writing:
            self._stop()

    def __enter__(self) -> Batched:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def _count(self, seen: Snapshot | Detection | StreamAlarm) -> None:
        """Count what every one counts for, not only those that become rows."""

    def _write(self, rows: list[Row]) -> None:
        """Write a batch; runs in the thread, may raise and may take its time."""
        raise NotImplementedError

    def _stop(self) -> None:
        """Let go of the service."""

    def _hand_over(self, row: Row) -> None:
        self._unconfirmed.taken(row)
        with self._queueing:
            if not self._background.put(row):
                raise BufferError(self._background.refusal)

    def _write_counted(self, rows: list[Row]) -> int:
        failures = self._writing.failures
        with self._writing:
            self._write(rows)
            self._unconfirmed.written(rows)
        return len(rows) if self._writing.failures > failures else 0
