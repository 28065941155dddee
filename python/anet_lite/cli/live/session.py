"""A stream that is being watched: tables in, lines and events out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from anet_lite.cli.live.event import BEGINS, SILENT, Event, of_alarm
from anet_lite.cli.rows.samples import sample_columns
from anet_lite.stream import Found
from anet_lite.stream.columns import series_of
from anet_lite.stream.stream import joined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from anet_lite.cli.live.silence import Silence
    from anet_lite.cli.view.sample_lines import SampleLines
    from anet_lite.reader.table import Table
    from anet_lite.stream import Scores, StreamAlarm, StreamAlarms
    from anet_lite.stream.columns import Choice


class Sink(Protocol):
    """Takes what happens."""

    def seen(self, found: Mapping[str, Scores]) -> None:
        """Take what was said of samples."""
        ...

    def take(self, event: Event) -> None:
        """Take an event."""
        ...

    def close(self) -> int:
        """Tell all of it; return how many events were lost."""
        ...


class Session:
    """Watches streams as their rows come."""

    def __init__(
        self,
        watched: StreamAlarms,
        silence: Silence,
        sinks: Sequence[Sink],
        lines: SampleLines | None = None,
        lang: str = "en",
        keep: bool = False,
    ) -> None:
        self.watched: StreamAlarms = watched
        self.rows: int = 0
        self.rang: int = 0
        """Alarms that have begun."""
        self._silence, self._sinks, self._lines, self._lang = silence, sinks, lines, lang
        self._kept: dict[str, list[Scores]] | None = {} if keep else None
        self._alarms: list[StreamAlarm] = []
        self._blank = None if watched.streams else watched.blank
        self._many = False

    def take(self, table: Table, choice: Choice) -> None:
        """Score the rows of a table, and tell what follows."""
        found: dict[str, Scores] = {}
        for name, values, times, rows, column in series_of(table, choice, self.rows):
            found[name] = self.watched.push_many(values, times, name=name, rows=rows, column=column)
        self.rows += table.rows
        self._many = choice.many
        self._tell(self._silence.heard(set(found)) if table.rows else [])
        self._judged(found, choice.many)

    def found(self) -> Found:
        """Return all that was kept."""
        kept = self._kept or {}
        scores = {name: joined(parts) for name, parts in kept.items()}
        watched = self.watched
        return Found(scores, self._alarms, watched.remarks(), watched.held_back, watched.young, self._blank)

    def _judged(self, found: dict[str, Scores], many: bool) -> None:
        """Print samples, and tell the alarms that begin or are over with one of them."""
        if self._lines:
            self._lines.write(sample_columns(found, self.watched.rule.threshold, many))
        for sink in self._sinks:
            sink.seen(found)
        self._keep(found)
        self._tell_alarms([alarm for scores in found.values() for alarm in scores.alarms])

    def _keep(self, found: Mapping[str, Scores]) -> None:
        if self._kept is not None:
            for name, scores in found.items():
                self._kept.setdefault(name, []).append(scores)

    def look_at_clock(self) -> None:
        """Tell which streams have become silent."""
        self._tell(self._silence.overdue())

    def finish(self, goes_on: bool = False) -> int:
        """End what goes on, unless it does in a later run; close the sinks, and return how many events they lost."""
        if not goes_on:
            self._judged(self.watched.rest(), self._many)
            self._tell_alarms(self.watched.finish())
        return sum(sink.close() for sink in self._sinks)

    def _tell_alarms(self, alarms: list[StreamAlarm]) -> None:
        if self._kept is not None:
            self._alarms += [alarm for alarm in alarms if alarm.end is not None]
        # What is held back is told once, where it begins.
        self._tell([of_alarm(alarm, self._lang) for alarm in alarms if not (alarm.held and alarm.end is not None)])

    def _tell(self, events: list[Event]) -> None:
        for event in events:
            self.rang += event.kind in (BEGINS, SILENT)
            for sink in self._sinks:
                sink.take(event)
