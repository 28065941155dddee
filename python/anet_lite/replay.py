"""The alarms that a monitor would have raised in a run that is over, from whatever file the run left."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from anet_lite._native import Monitor, replay_rows
from anet_lite.reader import evaluation_losses, open_source
from anet_lite.reader.columns.known import remarks_of
from anet_lite.reader.columns.taken import LOOKED_FOR, ending_in
from anet_lite.reader.number import step_of
from anet_lite.reader.signal_rows import signal_rows
from anet_lite.verdict import SIGNAL_RULES, Verdict, by_signals, judge, retrospect

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

    from anet_lite import RunSummary, Snapshot
    from anet_lite.reader.ending import Ending
    from anet_lite.reader.signal_rows import SignalRows
    from anet_lite.reader.table import Progress
    from anet_lite.reader.text import ReadOptions

_PIECE = 1 << 16
"""Rows between two calls of progress, and two looks for Ctrl-C."""


@dataclass
class Incident:
    """Alarms that belong together."""

    first: Snapshot
    """The snapshot of its first alarm."""
    rules: list[str]
    """All rules that fired in it."""

    def to_dict(self) -> dict[str, Any]:
        """Return the row, the step and the words of the first alarm, and all rules, as plain types."""
        from anet_lite.diagnosis import explain

        text = explain(self.first).paragraph
        return {"row": self.first.row, "step": self.first.step, "rules": list(self.rules), "text": text}


@dataclass
class Replay:
    """A run, replayed."""

    form: str
    """What the file is."""
    columns: dict[str, str]
    """Which column, or sum of columns, was taken for which signal."""
    names: list[str]
    """All columns of the file."""
    rows: int
    """Rows that gave a signal."""
    signals: dict[str, str]
    """The named signals among the columns, each with the direction that is bad."""
    steps_left_out: bool
    """Whether the file's steps are no steps, since they go back again and again; rows are counted then."""
    incidents: list[Incident]
    verdict: Verdict
    """How the run went, in retrospect."""
    summary: RunSummary
    """What the run came to for the monitor: its status at the end and at its worst, and the rows it judged."""
    ending: Ending | None = None
    """Why the run ended, where its log says so."""
    remarks: list[str] = field(default_factory=list[str])
    """What was taken for what, and what could not be read, a sentence each."""

    def sentence(self, lang: str = "en") -> str:
        """Return how the run went, in English or Japanese.

        Raises:
            ValueError: There is no such language.

        """
        return retrospect(self.verdict, [each.first.row for each in self.incidents], self.summary, self.ending, lang)

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain types, and how the run went in words."""
        incidents = [incident.to_dict() for incident in self.incidents]
        whole = {"verdict": self.verdict.to_dict(), "incidents": incidents, "sentence": self.sentence()}
        ending = self.ending.to_dict() if self.ending else None
        missing = [signal for signal in LOOKED_FOR if signal not in self.columns]
        return {**vars(self), **whole, "summary": self.summary.to_dict(), "not_found": missing, "ending": ending}


def replay(
    path: str, monitor: Monitor, chosen: dict[str, str], progress: Progress, reading: ReadOptions | None = None
) -> Replay:
    """Give a monitor the rows of a file.

    Rows without any signal, such as those of an evaluation, are passed over; in the others a cell that is empty is a
    signal that was not given.

    Args:
        path: The file: our records, CSV, JSON lines, a trainer's state, TensorBoard's events, Parquet.
        monitor: The monitor, as it is. Columns with the names of its signals are given to it, and those whose name is
            in common use.
        chosen: Columns by signal, where they are not to be guessed; "" leaves a signal out.
        progress: Called with the part that is done, from 0 to 1.
        reading: How the file is written, if it is a table of text whose looks mislead.

    Raises:
        OSError: The file cannot be read.
        ImportError: What reads it is not installed.
        ValueError: It has no such columns, none of a signal of the monitor, none that looks like a signal, or no row
            with a number in them.

    """
    source = open_source(path, reading)
    taken = signal_rows(source, chosen, monitor.signals, path, lambda part: progress(0.7 * part))
    signals, named = taken.signals, taken.named
    found = alarmed(monitor, taken, lambda part: progress(0.7 + 0.3 * part))
    together = incidents(found)
    collapses = [snap.row for snap in found if any(alarm.rule == "collapse" for alarm in snap.alarms)]
    verdict = judge(signals[0], signals[1], len(together), evaluation_losses(named), collapses)
    alarms = [alarm for snap in found for alarm in snap.alarms if alarm.rule in SIGNAL_RULES]
    left = [(alarm.incident, alarm.row, alarm.signal) for alarm in alarms]
    verdict = with_step(by_signals(verdict, left, monitor.status), signals[5])
    directions = {name: monitor.signals[name] for name in named}
    summary, ending = monitor.summary(), ending_in(source)
    return Replay(
        source.form,
        taken.columns,
        source.names,
        taken.rows,
        directions,
        taken.steps_left_out,
        together,
        verdict,
        summary,
        ending,
        remarks_of(source),
    )


def alarmed(monitor: Monitor, taken: SignalRows, progress: Progress) -> list[Snapshot]:
    """Give a monitor the rows of a file, and return the snapshots that have alarms."""
    found: list[Snapshot] = []
    for start in range(0, taken.rows, _PIECE):
        piece = slice(start, start + _PIECE)
        named = [(name, values[piece], given[piece]) for name, (values, given) in taken.named.items()]
        signals = [column and (column[0][piece], column[1][piece]) for column in taken.signals]
        found += replay_rows(monitor, signals, named)
        progress(min(1.0, (start + _PIECE) / taken.rows))
    return found


def with_step(verdict: Verdict, steps: tuple[NDArray[float64], NDArray[bool_]] | None) -> Verdict:
    """Return the verdict with the step of its row, where the file has one."""
    if verdict.since is None or steps is None or not steps[1][verdict.since]:
        return verdict
    return replace(verdict, step=step_of(float(steps[0][verdict.since])))


def incidents(found: list[Snapshot]) -> list[Incident]:
    """Put the alarms of each incident together."""
    whole: dict[int, Incident] = {}
    for snapshot in found:
        for alarm in snapshot.alarms:
            whole.setdefault(alarm.incident, Incident(snapshot, [])).rules.append(alarm.rule)
    return list(whole.values())
