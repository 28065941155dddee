"""A file of streams that is over: read whole, told in words, or as lines of samples or alarms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import typer

from anet_lite._internal.jsonable import to_jsonable
from anet_lite._internal.one_line import listed, one_line
from anet_lite._native import AnetValueError
from anet_lite.cli.detect.document import document
from anet_lite.cli.detect.pictures import draw
from anet_lite.cli.live.state_file import StateFile
from anet_lite.cli.options.choice import choice_of, time_of
from anet_lite.cli.rows.samples import sample_columns
from anet_lite.cli.view import alarm_list
from anet_lite.cli.view.document import write_document
from anet_lite.cli.view.output import Format, write
from anet_lite.cli.view.progress import meter
from anet_lite.cli.view.sample_lines import SampleLines
from anet_lite.reader import open_source, whole
from anet_lite.reader.columns.known import known_of, remarks_of, zone_of
from anet_lite.stream import judge_whole, summary, unjudged
from anet_lite.stream.columns import not_finite, series_of
from anet_lite.stream.long_table import keys_of

if TYPE_CHECKING:
    from anet_lite.cli.detect.asked import Asked
    from anet_lite.reader import Source
    from anet_lite.reader.table import Progress
    from anet_lite.stream import Found, StreamAlarms, Whole
    from anet_lite.stream.columns import Choice


class Judged(NamedTuple):
    """A file that was judged."""

    form: str
    """How it was read, and what was taken for what."""
    choice: Choice
    found: Found
    watched: StreamAlarms


def run(asked: Asked) -> int:
    """Tell what is strange in a file; return how many alarms there were."""
    with meter("reading") as progress:
        judged = judge(asked, progress)
    _tell(asked, judged)
    draw(asked, judged.found, judged.watched, judged.form)
    StateFile(asked.state).save(judged.watched)
    return len(judged.found.rang)


def judge(asked: Asked, progress: Progress) -> Judged:
    """Read a file, and say what is strange in it.

    Raises:
        OSError: It cannot be read.
        ImportError: What reads it is not installed.
        ValueError: Nothing can be read of it, or an option is wrong.

    """
    source = open_source(asked.file, asked.reading)
    choice = _choice(asked, source)
    asked.refuse_unknown(choice.columns)
    table = whole(source, choice.wanted, progress)
    series = list(series_of(table, choice))
    _check_numbers(asked, choice, series)
    watched = asked.streams(_usual_interval(series), len(series), zone_of(source, choice.time))
    found = judge_whole(series, watched, goes_on=bool(asked.state), joint=asked.joint)
    return Judged(_form(asked, source, choice, not_finite(table, choice)), choice, found, watched)


def _choice(asked: Asked, source: Source) -> Choice:
    known = known_of(source)
    keys = () if asked.no_keys else asked.keys
    if not asked.keys:
        keys = keys_of(source, known.kinds, known.counters, asked.time or time_of(known, []))
    return choice_of(known, list(asked.columns), asked.every_column, keys, asked.time, asked.where)


def _check_numbers(asked: Asked, choice: Choice, series: list[Whole]) -> None:
    import numpy as np

    if not any(np.isfinite(each.values).any() for each in series):
        raise AnetValueError(
            f"{asked.where}: no row has a number in {listed(choice.columns)}; --column names another column, and "
            "--delimiter, --decimal or --missing say how numbers are written"
        )


def _usual_interval(series: list[Whole]) -> float | None:
    """Return the median time between two samples of the longest stream."""
    import numpy as np

    times = max((each.times for each in series if each.times is not None), key=len, default=None)
    if times is None or len(times) < 2:
        return None
    steps = np.diff(np.sort(times[np.isfinite(times)]))
    return float(np.median(steps[steps > 0])) if (steps > 0).any() else None


def _form(asked: Asked, source: Source, choice: Choice, bad: list[str]) -> str:
    """Return in one line how the file was read, and what was taken for what."""
    by = [f"a stream for each {' and '.join(choice.keys)}"] if choice.keys else []
    time = [f"time {choice.time}"] if choice.time else []
    taken = ", ".join([f"{listed(choice.columns)} looked at", *time, *by])
    return one_line("; ".join([f"{asked.where}: {source.form}", taken, *remarks_of(source), *bad]))


def _tell(asked: Asked, judged: Judged) -> None:
    form, choice, found, watched = judged
    if asked.silent:
        return
    if asked.as_json:
        write_document(document(asked.file, judged, asked.lang))
        return
    if asked.form is Format.table:
        typer.echo(form)
        alarm_list.show(found, watched.strangest, asked.lang)
        return
    said = [form, *found.told(), *unjudged(found, asked.lang), summary(found, asked.lang)]
    typer.echo(one_line("; ".join(said)), err=True)
    if not asked.alarms_alone:
        lines = SampleLines(asked.form)
        lines.write(sample_columns(found.scores, watched.rule.threshold, choice.many, watched.rule.zone))
    elif asked.form is Format.csv:
        write((alarm.to_dict() for alarm in found.alarms), Format.csv)
    else:
        for alarm in found.alarms:
            typer.echo(json.dumps(to_jsonable(alarm.to_dict()), ensure_ascii=False))
