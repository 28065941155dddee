"""A run as a report tells it: its curves, what fired, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from anet_lite._internal.json_line import object_of
from anet_lite._native import SIGNALS, Monitor, RecordLines
from anet_lite.records.read import INPUTS, guess, open_source
from anet_lite.replay import broke, with_signals

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

    from anet_lite.records.read.table import Progress, Source, Table

METRICS = ("theta", "f_total", "zscore")
_TEXTS = ["status", "alarms", "explanation", "note"]
_OURS = {name for name, _ in RecordLines("jsonl").columns}


@dataclass
class Event:
    """Something that happened at a row."""

    row: int
    what: str
    """Names of scores, or of what was done."""
    text: str
    """The explanation."""
    incident: int = -1
    """What alarms of one incident share."""


@dataclass
class Story:
    """A run."""

    path: str
    form: str
    rows: int
    replayed: bool
    """Whether the alarms were found now, rather than read from records."""
    steps: NDArray[float64]
    """Where each row stands on the axis: its step, or its number where steps are missing or go back."""
    axis: str
    """``step`` or ``row``."""
    curves: dict[str, tuple[NDArray[float64], NDArray[bool_]]]
    """Signals and metrics by name: values, and whether each was given."""
    alarms: list[Event]
    broke: int | None
    status: str
    notes: list[Event] = field(default_factory=list[Event])
    stones: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])


def read(path: str, monitor: Monitor, chosen: dict[str, str], progress: Progress) -> Story:
    """Read a file of records, or replay another one.

    Raises:
        OSError: The file cannot be read.
        ImportError: What reads it is not installed.
        ValueError: It has no such columns, or none that looks like a signal.

    """
    source = open_source(path)
    recorded = set(source.names) >= _OURS and not chosen
    story = _recorded(path, source, progress) if recorded else _replayed(path, source, monitor, chosen, progress)
    loss = story.curves.get("loss")
    story.broke = broke(*loss) if loss else None
    return story


def stones(path: str) -> list[dict[str, Any]]:
    """Read the records of a tombstone log, as far as they are whole lines."""
    found: list[dict[str, Any]] = []
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            stone = object_of(line)
            if stone and stone.get("policy") != "log":  # the log's remarks on itself
                found.append(stone)
    return found


def _recorded(path: str, source: Source, progress: Progress) -> Story:
    table = source.read([*INPUTS, *METRICS, "incident"], _TEXTS, progress)
    curves = {name: table.numbers[name] for name in (*SIGNALS, *METRICS)}
    steps, axis = _axis(table.numbers["step"], table.rows)
    words = dict(table.texts["explanation"])
    opened = table.numbers["incident"][0]
    alarms = [Event(row, what, words.get(row, ""), int(opened[row])) for row, what in table.texts["alarms"] if what]
    status = table.texts["status"][-1][1] if table.texts["status"] else ""
    notes = [Event(row, "note", text) for row, text in table.texts["note"] if text]
    return Story(path, source.form, table.rows, False, steps, axis, _some(curves), alarms, None, status, notes)


def _replayed(path: str, source: Source, monitor: Monitor, chosen: dict[str, str], progress: Progress) -> Story:
    import numpy as np

    from anet_lite.explain import explain

    columns = guess(source.names, chosen, path)
    table: Table = source.read(list(dict.fromkeys(columns.values())), [], lambda part: progress(0.3 * part))
    signals = with_signals(table, columns)
    rows = max((len(column[0]) for column in signals if column), default=0)
    steps, axis = _axis(signals[-1], rows)
    seen, alarms = np.empty((len(METRICS), rows)), list[Event]()
    given = [(name, *column) for name, column in zip(SIGNALS, signals) if column and name != "step"]
    for row in range(rows):
        snap = monitor.update(
            **{name: values[row] for name, values, there in given if there[row]}, step=int(steps[row])
        )
        seen[:, row] = snap.theta, snap.f_total, snap.zscore
        if snap.alarms:
            names = ";".join(alarm.score for alarm in snap.alarms)
            alarms.append(Event(row, names, explain(snap).paragraph, snap.alarms[0].incident))
        if row % 4096 == 0:
            progress(0.3 + 0.7 * row / rows)
    progress(1.0)
    everywhere = np.ones(rows, dtype=bool)
    curves = {name: (values, there) for name, values, there in given}
    curves.update((name, (values, everywhere)) for name, values in zip(METRICS, seen))
    return Story(path, source.form, rows, True, steps, axis, _some(curves), alarms, None, monitor.status)


def _axis(column: tuple[NDArray[float64], NDArray[bool_]] | None, rows: int) -> tuple[NDArray[float64], str]:
    import numpy as np

    if column and column[1].all() and (np.diff(column[0]) > 0).all():
        return column[0], "step"
    return np.arange(rows, dtype=float), "row"


def _some(curves: dict[str, Any]) -> dict[str, Any]:
    """Return the curves that have a point."""
    return {name: curve for name, curve in curves.items() if curve[1].any()}
