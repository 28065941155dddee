"""What is logged becomes rows: one in every few, and each with an alarm."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from anet_lite._internal.validate import at_least
from anet_lite._native import AnetTypeError, Detection, Snapshot
from anet_lite.stream.alarm import StreamAlarm
from anet_lite.tracker.alert import Alert, short_title
from anet_lite.tracker.cooldown import Cooldown
from anet_lite.tracker.row import PREFIX, Row, alarm_metrics, metrics, sample_metrics
from anet_lite.tracker.texts import TITLES

if TYPE_CHECKING:
    from anet_lite.integrations.remarks import Remark

ALARMING = 1e-4
"""A sample with this p-value or a smaller one always becomes a row: the threshold of ``Episodes``."""
_STALL = {"stalled": "opens", "stall_over": "ends"}
"""Remarks on the loop that begin and end."""


class Intake:
    """Takes snapshots of a run, samples of streams and alarms of streams, and says which of them become rows.

    Args:
        every: Steps of the run, or samples of a stream, from one row to the next.
        cooldown: Seconds in which an incident, or an alarm of a stream, that opens like another gives no message.
        only_messages: Whether nothing but a message becomes a row.
        lang: Language of the messages, ``"en"`` or ``"ja"``.

    Raises:
        TypeError: ``every`` is not an integer.
        ValueError: ``every`` is below 1, or ``lang`` is another language.

    Example:
        >>> from anet_lite import StreamDetector
        >>> from anet_lite.tracker.intake import Intake
        >>> intake, detector = Intake(every=2), StreamDetector()
        >>> [row and row.metrics for row in (intake.take(detector.push(1.0), "cpu") for _ in range(2))]
        [{'anet/stream/cpu/score': 0.0, 'anet/stream/cpu/p_value': 1.0}, None]

    """

    def __init__(self, every: int = 10, cooldown: float = 300.0, only_messages: bool = False, lang: str = "en") -> None:
        self.every: int = at_least("every", every, 1)
        self._cooldown, self._only_messages = Cooldown(cooldown, lang=lang), only_messages
        self._taken = Counter[Any]()
        self._stall: Alert | None = None

    def take(self, seen: Snapshot | Detection | StreamAlarm, stream: str = "", step: int | None = None) -> Row | None:
        """Return the row that this becomes, if it becomes one.

        Args:
            seen: What is logged.
            stream: The stream of a detection; an alarm knows its own.
            step: The number of a detection's sample; by default they are counted from 0, those of each stream.

        Raises:
            TypeError: It is something else.

        """
        if isinstance(seen, Snapshot):
            return self._step(seen)
        if isinstance(seen, StreamAlarm):
            return self._alarm(seen)
        if isinstance(seen, Detection):  # pyright: ignore[reportUnnecessaryIsInstance]
            return self._sample(seen, stream, step)
        raise AnetTypeError(f"log takes a Snapshot, a Detection or a StreamAlarm, got {type(seen).__name__}")

    def remark(self, remark: Remark) -> Row:
        """Return the row of a remark on the loop itself, which has no numbers; a stall and its end are an incident."""
        step, kind = remark.step or 0, _STALL.get(remark.name, "remark")
        title = short_title(TITLES[self._cooldown.lang]["step"].format(step=step, what=remark.name))
        alert = Alert(title, remark.text, kind, remark.name, [], self._cooldown.name(), 0, step)
        if kind == "ends" and self._stall is not None:
            alert = replace(alert, incident=self._stall.incident, number=1, since=self._stall.since)
        if kind != "remark":
            self._stall = alert if kind == "opens" else None
        return Row(step, time.time(), {}, alert)

    def _step(self, seen: Snapshot) -> Row | None:
        _, due = self._count(None)
        alert = self._cooldown.alert(seen)
        if not self._wants(due or bool(seen.alarms), alert):
            return None
        numbers = {**metrics(seen), f"{PREFIX}incident": float(self._cooldown.under_way)}
        return Row(seen.step, time.time(), numbers, alert)

    def _alarm(self, seen: StreamAlarm) -> Row | None:
        alert = self._cooldown.stream_alert(seen)
        row = seen.start if seen.end is None else seen.end
        wanted = self._wants(True, alert)
        return Row(row, time.time(), alarm_metrics(seen), alert, seen.name) if wanted else None

    def _sample(self, seen: Detection, stream: str, step: int | None) -> Row | None:
        sample, due = self._count(stream)
        numbers = sample_metrics(seen, stream)
        if not numbers or not self._wants(due or seen.p_value <= ALARMING, None):
            return None
        return Row(sample if step is None else step, time.time(), numbers, None, stream)

    def _count(self, what: str | None) -> tuple[int, bool]:
        """Return how many of a stream, or of the run, came before, and whether it is the turn of this one."""
        before = self._taken[what]
        self._taken[what] += 1
        return before, before % self.every == 0

    def _wants(self, due: bool, alert: Alert | None) -> bool:
        return alert is not None or (due and not self._only_messages)
