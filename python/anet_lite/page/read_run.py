"""A run, read from the file that it left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.group_quantities import is_of_group
from anet_lite._internal.schema import SIGNALS
from anet_lite._internal.theta import NO_EVIDENCE
from anet_lite._native import Monitor, RecordLines
from anet_lite.diagnosis.conclusion import short_of, too_short
from anet_lite.page.panels import METRICS
from anet_lite.page.run import Event, Run
from anet_lite.reader import (
    INPUTS,
    Wanted,
    evaluation_losses,
    named_columns,
    open_source,
    whole,
    with_values,
)
from anet_lite.reader.columns.known import remarks_of
from anet_lite.reader.columns.nothing_read import nothing_read
from anet_lite.reader.columns.taken import columns_of, ending_in, with_ending
from anet_lite.reader.number import step_of
from anet_lite.reader.signal_rows import with_signals
from anet_lite.records.tags import tags_in
from anet_lite.replay import with_step
from anet_lite.verdict import judge

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

    from anet_lite.reader.table import Column, Progress, Source
    from anet_lite.reader.text import ReadOptions

ORDER = ("warming_up", "healthy", "settled", "suspect", "failing")
"""Statuses, the worst last."""
_TEXTS = ("status", "alarms", "explanation", "note", "tags")
_OURS = {name for name, _ in RecordLines("jsonl").columns}


def read_run(
    path: str,
    monitor: Monitor,
    chosen: dict[str, str],
    progress: Progress,
    reading: ReadOptions | None = None,
    lang: str = "en",
) -> Run:
    """Read a file of records, or replay another one. What was recorded stays in the language of its recorder.

    Raises:
        OSError: The file cannot be read.
        ImportError: What reads it is not installed.
        ValueError: It has no such columns, none that looks like a signal, or no row with a number in them.

    """
    import numpy as np

    source = open_source(path, reading)
    recorded = set(source.names) >= _OURS and not chosen
    if recorded:
        run = _recorded(path, source, monitor, progress, lang)
    else:
        run = _replayed(path, source, monitor, chosen, progress, lang)
    incidents = len({alarm.incident for alarm in run.alarms})
    evaluations = evaluation_losses({name: run.curves[name] for name in run.signals})
    collapses = [alarm.row for alarm in run.alarms if "collapse" in alarm.what.split(";")]
    run.verdict = judge(run.curves.get("loss"), run.curves.get("grad_norm"), incidents, evaluations, collapses)
    if run.axis == "step":
        run.verdict = with_step(run.verdict, (run.steps, np.ones(run.rows, dtype=bool)))
    return run


def _recorded(path: str, source: Source, monitor: Monitor, progress: Progress, lang: str) -> Run:
    others = named_columns(source.names, _OURS, monitor.signals, path)
    groups = _groups(source, others)
    texts = tuple(name for name in _TEXTS if name in source.names)  # a run without tags has no column of them
    table = whole(source, Wanted((*INPUTS, *METRICS, "incident", *others, *groups), texts), progress)
    if not table.rows:
        raise nothing_read(path, source.form, SIGNALS)
    named = with_values(table, others)
    curves = {**{name: table.numbers[name] for name in (*SIGNALS, *METRICS, *groups)}, **named}
    steps, axis = _axis(table.numbers["step"], table.rows)
    explanations = dict(table.texts["explanation"])
    opened = table.numbers["incident"][0]
    fired = [(row, what) for row, what in table.texts["alarms"] if what]
    alarms = [Event(row, what, explanations.get(row, ""), int(opened[row])) for row, what in fired]
    known = [(row, status) for row, status in table.texts["status"] if status in ORDER]
    status, worst = (known[-1][1], max((each for _, each in known), key=ORDER.index)) if known else ("", "")
    needed = Monitor().summary().needed
    remark = short_of(table.rows, needed, lang) if table.rows < needed else ""
    notes = [Event(row, "note", text) for row, text in table.texts["note"] if text]
    told = _changes(known), status, worst, remark
    tags = tags_in(text for _, text in table.texts.get("tags", []))
    return Run(
        path,
        _form(source),
        table.rows,
        False,
        steps,
        axis,
        _some(curves),
        alarms,
        *told,
        list(named),
        notes=notes,
        tags=tags,
    )


def _groups(source: Source, others: list[str]) -> list[str]:
    """Return the columns of groups of layers that are not judged."""
    return [name for name in source.names if is_of_group(name) and name not in others]


def _form(source: Source) -> str:
    """Return what a file is, and what was taken for what or could not be read."""
    return "; ".join([source.form, *remarks_of(source)])


def _replayed(
    path: str, source: Source, monitor: Monitor, chosen: dict[str, str], progress: Progress, lang: str
) -> Run:
    import numpy as np

    columns = columns_of(source, chosen, path)
    others = named_columns(source.names, columns.values(), monitor.signals, path)
    groups = _groups(source, [*others, *columns.values()])
    wanted = Wanted(tuple(dict.fromkeys([*columns.values(), *others, *groups])))
    table = whole(source, wanted, lambda part: progress(0.3 * part))
    signals, named, _ = with_signals(table, columns, with_values(table, others))
    rows = max((len(column[0]) for column in (*signals, *named.values()) if column), default=0)
    if not rows:
        raise with_ending(nothing_read(path, source.form, columns.values()), ending_in(source))
    steps, axis = _axis(signals[-1], rows)
    given = {**{name: column for name, column in zip(SIGNALS, signals) if column}, **named}
    metrics, alarms, statuses = _watched(given, steps, monitor, lambda part: progress(0.3 + 0.7 * part), lang)
    everywhere = np.ones(rows, dtype=bool)
    curves = {**given, **{name: (values, everywhere) for name, values in zip(METRICS, metrics)}}
    curves.update((name, table.numbers[name]) for name in groups)
    came_to = monitor.summary()
    told = statuses, came_to.status, came_to.worst, too_short(came_to, lang)
    run = Run(path, _form(source), rows, True, steps, axis, _some(curves), alarms, *told, list(named))
    run.ending = ending_in(source)
    return run


def _watched(
    given: dict[str, Column], steps: NDArray[float64], monitor: Monitor, progress: Progress, lang: str
) -> tuple[NDArray[float64], list[Event], list[tuple[int, str]]]:
    """Give the rows to a monitor; return a row of values for each metric, the alarms, and the statuses."""
    import numpy as np

    from anet_lite.diagnosis import explain

    metrics, alarms = np.empty((len(METRICS), len(steps))), list[Event]()
    statuses = list[tuple[int, str]]()
    for row, step in enumerate(steps):
        snap = monitor.update(
            **{name: values[row] for name, (values, there) in given.items() if there[row]}, step=step_of(step)
        )
        metrics[:, row] = [getattr(snap, name) for name in METRICS]
        statuses.append((row, snap.status))
        if snap.alarms:
            names = ";".join(alarm.rule for alarm in snap.alarms)
            alarms.append(Event(row, names, str(explain(snap, lang)), snap.alarms[0].incident))
        if row % 4096 == 0:
            progress(row / len(steps))
    progress(1.0)
    return metrics, alarms, _changes(statuses)


def _changes(statuses: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return those that differ from the one before."""
    before = [("", ""), *statuses]
    return [now for now, last in zip(statuses, before) if now[1] != last[1]]


def _axis(column: tuple[NDArray[float64], NDArray[bool_]] | None, rows: int) -> tuple[NDArray[float64], str]:
    import numpy as np

    if column and column[1].all() and np.isfinite(column[0]).all() and (np.diff(column[0]) > 0).all():
        return column[0], "step"
    return np.arange(rows, dtype=float), "row"


def _some(curves: dict[str, Any]) -> dict[str, Any]:
    """Return the curves that have a point; of ϑ those for which there is evidence."""
    if "theta" in curves:
        values, given = curves["theta"]
        curves = {**curves, "theta": (values, given & (values != NO_EVIDENCE))}
    return {name: curve for name, curve in curves.items() if curve[1].any()}
