"""What is known of a run that is being watched: its newest values, its status, its alarms."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from anet_lite._internal.one_line import one_line
from anet_lite._internal.schema import SIGNALS
from anet_lite._internal.theta import has_evidence
from anet_lite.reader import guess, named_columns
from anet_lite.reader.columns.sums import cell_of
from anet_lite.reader.number import number_of, step_of
from anet_lite.reader.recorded import Recorded
from anet_lite.reader.tail import Tail
from anet_lite.tracker import Cooldown

if TYPE_CHECKING:
    from anet_lite import Monitor
    from anet_lite.reader.text import ReadOptions
    from anet_lite.tracker import Alert

DRAWN = ("theta", "f_total", "zscore")
"""Metrics that are kept beside the signals."""
KEPT = 6000
"""Values that a little curve is drawn of."""


@dataclass
class Fired:
    """An alarm."""

    step: int
    rules: str
    text: str


@dataclass
class Watched:
    """A run, as far as its file shows it. Records say what was recorded; other rows are given to a monitor."""

    path: str
    monitor: Monitor
    chosen: dict[str, str]
    reading: ReadOptions | None = None
    rows: int = 0
    step: int = 0
    status: str = "waiting for the file"
    curves: dict[str, deque[float]] = field(default_factory=dict[str, "deque[float]"])
    alarms: list[Fired] = field(default_factory=list[Fired])
    news: list[str] = field(default_factory=list[str])
    """One line for each message that an incident is worth."""
    messages: list[Alert] = field(default_factory=list["Alert"])
    """The messages themselves."""
    lang: str = "en"

    def __post_init__(self) -> None:
        self._tail = Tail(self.path, self.reading)
        self._waiting: dict[str, float] = {}
        self._cooldown, self._recorded = Cooldown(0.0, lang=self.lang), Recorded(self.lang)
        self.needed: int = self.monitor.summary().needed

    def look(self) -> list[Fired]:
        """Take in what is new, and return the alarms in it; ``news`` then holds what is new to tell."""
        before = len(self.alarms)
        self.news.clear()
        self.messages.clear()
        for row in self._tail.look():
            if "theta" in self._tail.names and "alarms" in self._tail.names:
                self._record(row)
            else:
                self._signals(row)
        return self.alarms[before:]

    def _record(self, row: dict[str, Any]) -> None:
        self._keep({name: number_of(row.get(name)) for name in (*SIGNALS, *DRAWN)})
        self.step, self.status = (
            step_of(number_of(row.get("step"))) or 0,
            one_line(str(row.get("status", ""))).replace("_", " "),
        )
        if row.get("alarms"):
            rules, text = str(row["alarms"]).replace(";", " "), str(row.get("explanation", ""))
            fired = Fired(self.step, one_line(rules), one_line(text))
            self.alarms.append(fired)
            message = self._recorded.alarm(fired, number_of(row.get("incident")), self.status)
            self._tell(message, fired.rules)
        else:
            self._tell(self._recorded.calm(self.step, self.status))

    def _tell(self, message: Alert | None, rules: str = "") -> None:
        if message is not None:
            self.messages.append(message)
            self.news.append(f"{rules or message.kind}: {message.text}")

    def _signals(self, row: dict[str, Any]) -> None:
        from anet_lite.diagnosis import explain

        columns = guess(self._tail.names, self.chosen, self.path)
        others = named_columns(self._tail.names, columns.values(), (), self.path)
        given = {signal: number_of(cell_of(row, name, self._tail.names)) for signal, name in columns.items()}
        given.update((name, number_of(row.get(name))) for name in (*others, *self._declared()))
        given = {**self._waiting, **{signal: value for signal, value in given.items() if value is not None}}
        step = given.pop("step", None)
        if not given or (not columns.keys().isdisjoint(SIGNALS) and self._waits(given)):
            return
        snap = self.monitor.update(**given, step=step_of(step))
        self._keep({**given, "theta": snap.theta, "f_total": snap.f_total, "zscore": snap.zscore})
        self._tell(self._cooldown.alert(snap), " ".join(alarm.rule for alarm in snap.alarms))
        self.step, self.status = snap.step, snap.status.replace("_", " ")
        if snap.alarms:
            rules = " ".join(alarm.rule for alarm in snap.alarms)
            self.alarms.append(Fired(snap.step, rules, explain(snap, self.lang).paragraph))

    def _waits(self, given: dict[str, float]) -> bool:
        """Keep named signals that came in a row of their own, as an evaluation does, for the step that follows."""
        self._waiting = {} if given.keys() & set(SIGNALS) else given
        return bool(self._waiting)

    def _declared(self) -> list[str]:
        """Return the columns of signals that the monitor knows; one may come later in the file."""
        return [name for name in self.monitor.signals if name in self._tail.names]

    def _keep(self, values: dict[str, float | None]) -> None:
        self.rows += 1
        for name, value in values.items():
            if value is not None and (name != "theta" or has_evidence(value)):
                self.curves.setdefault(name, deque(maxlen=KEPT)).append(value)
