"""What is said of a frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from anet_lite._internal.one_line import one_line
from anet_lite.stream import summary, unjudged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

    from anet_lite.frame.choose import Chosen
    from anet_lite.frame.columns import Columns
    from anet_lite.stream import Found, Scores, StreamAlarm

_NUMBERS = ("value", "expected", "score", "p_value", "usual_low", "usual_high", "quiet_low", "quiet_high")


@dataclass(frozen=True, repr=False)
class Detected:
    """Scores and alarms of a frame, as frames of the same library. ``print`` tells them in lines of text."""

    scores: Any
    """A frame with a row for each row of the data, and its index: ``score``, ``p_value``, ``alarm``, whether the
    p-value is at most the threshold, and ``held``, whether only the stream's own habits kept it from that. Where
    several columns are streams, each has its own, such as ``cpu_score``. A row that was left out, or has a missing
    number, has NaN and no alarm."""
    alarms: Any
    """A frame with a row for each alarm, in the order in which they began: ``stream``; ``start``, ``peak`` and ``end``,
    the numbers of rows from 0, and where there are times ``start_time``, ``peak_time`` and ``end_time``; ``value``, the
    most unusual one; ``expected``, what its first sample should have been; ``score`` and ``p_value`` at the peak; the
    usual range, and that which would not have alarmed; ``direction`` and ``shape``; ``held``, whether it was held back;
    and the ``sentence``."""
    found: list[StreamAlarm] = field(repr=False)
    """The alarms as objects."""
    remarks: dict[str, list[str]]
    """By stream, what was left out, missing or irregular."""
    taken: str
    """What was taken for what, in a line."""
    streams: Found = field(repr=False)
    """All that was said of each stream, missing samples included."""
    threshold: float = 1e-4
    """The largest p-value that alarms."""
    lang: str = "en"
    """The language of the sentences."""

    def report(self, title: str = "streams", lang: str = "en") -> str:
        """Return one HTML page with a plot of each stream, its alarms on it and in words, in English or Japanese."""
        from anet_lite.page.stream import stream_page

        return stream_page(self.streams, [], title, self.taken, self._zone, lang)

    def plot(self, path: str | PathLike[str], title: str = "") -> None:
        """Draw the streams and their alarms into a file whose ending says its form.

        Raises:
            ImportError: matplotlib is not installed.
            OSError: The file cannot be written.

        """
        from anet_lite.page.stream_plot import draw

        draw(self.streams, [], self.threshold, fspath(path), title)

    @property
    def _zone(self) -> float | None:
        return self.found[0].moments.zone if self.found else None

    def __str__(self) -> str:
        told = [f"{one_line(name or 'remark')}: {'; '.join(texts)}" for name, texts in self.remarks.items()]
        heads = [f"{alarm.when()}: {alarm.sentence(self.lang)}" for alarm in self.found]
        young = [one_line(text) for text in unjudged(self.streams, self.lang)]
        return "\n".join([*heads, summary(self.streams, self.lang), one_line(self.taken), *young, *told])

    def __repr__(self) -> str:
        return f"<Detected: {len(self.streams.rang)} alarms in {len(self.scores)} rows; {one_line(self.taken)}>"


def score_columns(found: Mapping[str, Scores], chosen: Chosen, rows: int, threshold: float) -> dict[str, NDArray[Any]]:
    """Return scores, p-values and alarms by row of the data, three columns for each column of streams."""
    import numpy as np

    columns: dict[str, NDArray[Any]] = {}
    for number, name in enumerate(chosen.choice.columns):
        score, p_value, held = np.full(rows, np.nan), np.full(rows, np.nan), np.zeros(rows, bool)
        for scores in _of_column(found, number, len(chosen.choice.columns)):
            at = scores.samples.rows >= 0
            own: NDArray[int64] = scores.samples.rows[at]
            score[own], p_value[own], held[own] = scores.score[at], scores.p_value[at], scores.held[at]
        prefix = f"{name}_" if len(chosen.choice.columns) > 1 else ""
        columns.update(_named(prefix, score, p_value, held, threshold))
    return columns


def _of_column(found: Mapping[str, Scores], number: int, count: int) -> list[Scores]:
    """Return the streams of one column: those of each key stand together, in the order of the columns."""
    return list(found.values())[number::count]


def _named(
    prefix: str, score: NDArray[float64], p_value: NDArray[float64], held: NDArray[bool_], threshold: float
) -> dict[str, NDArray[Any]]:
    alarm: NDArray[bool_] = p_value <= threshold
    return {f"{prefix}score": score, f"{prefix}p_value": p_value, f"{prefix}alarm": alarm, f"{prefix}held": held}


def alarm_columns(alarms: list[StreamAlarm], columns: Columns, clock: str, lang: str) -> dict[str, Any]:
    """Return alarms as columns."""
    import numpy as np

    said = [alarm.to_dict() for alarm in alarms]
    table: dict[str, Any] = {"stream": _texts([alarm.name for alarm in alarms])}
    rows = {name: np.array([each[name] for each in said], dtype=np.int64) for name in ("start", "peak", "end")}
    table.update(rows)
    if clock:
        table.update({f"{name}_time": columns.times_at(clock, at) for name, at in rows.items()})
    for name in _NUMBERS:
        table[name] = np.array([each[name] for each in said], dtype=np.float64)
    for name in ("direction", "shape"):
        table[name] = _texts([each[name] for each in said])
    table["held"] = np.array([alarm.held for alarm in alarms], dtype=bool)
    table["sentence"] = _texts([alarm.sentence(lang) for alarm in alarms])
    return table


def _texts(texts: list[str]) -> Any:
    """Return texts as a column that is one of texts where there are none, too."""
    import numpy as np

    return texts or np.array([], dtype="U1")


def detected(columns: Columns, chosen: Chosen, found: Found, threshold: float, lang: str) -> Detected:
    """Return what was found as frames."""
    scores = columns.like(score_columns(found.scores, chosen, columns.rows, threshold))
    alarms = columns.frame(alarm_columns(found.alarms, columns, chosen.choice.time, lang))
    return Detected(scores, alarms, found.alarms, found.remarks, str(chosen), found, threshold, lang)
