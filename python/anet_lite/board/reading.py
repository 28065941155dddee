"""A card, made from a whole file once, and kept up by the records that are added."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from anet_lite._native import Monitor
from anet_lite.board.card import Card
from anet_lite.board.folder import written
from anet_lite.board.streams import TooLargeError, fill_streams, judged
from anet_lite.page.read_run import ORDER, read_run
from anet_lite.page.render import badge
from anet_lite.reader import NoSignalError
from anet_lite.reader.number import number_of, step_of
from anet_lite.reader.tail import Tail
from anet_lite.records.tags import tags_in
from anet_lite.verdict import sentence

if TYPE_CHECKING:
    from anet_lite.page.run import Run

_SECONDS = 1e9


def read_card(path: str, name: str, lang: str) -> tuple[Card, Run | None]:
    """Read a whole file: its card, and the run where it is one.

    What cannot be read gives a card that says why.
    """
    card, run = Card(name), None
    try:
        card.written = written(path)[1] / _SECONDS
        run = read_run(path, Monitor(), {}, lambda _: None, lang=lang)
        _fill(card, run, lang)
    except NoSignalError as error:
        _fill_as_streams(card, path, lang, str(error))
    except (OSError, ImportError, ValueError) as error:
        card.error = str(error) or type(error).__name__
    return card, run


def _fill_as_streams(card: Card, path: str, lang: str, no_run: str) -> None:
    """Take a file that is of no training run for streams; where it is of none either, the first reason is told."""
    try:
        fill_streams(card, judged(path, lang), lang)
    except (OSError, ImportError, TooLargeError) as error:
        card.error = str(error) or type(error).__name__
    except ValueError:
        card.error = no_run


def _fill(card: Card, run: Run, lang: str) -> None:
    card.form, card.rows, card.incidents = run.form, run.rows, len({event.incident for event in run.alarms})
    card.step = int(run.steps[-1]) if run.axis == "step" else None
    card.status, card.worst, card.tags = badge(run), run.worst, run.tags
    if run.alarms:
        card.incident, card.first = run.alarms[-1].incident, run.alarms[0].what.split(";")[0]
    opening = next((event.text for event in run.alarms if event.incident == card.incident), "")
    verdict = run.remark or (sentence(run.verdict, lang) if run.verdict else "")
    card.sentence = verdict if run.status == card.status == "healthy" else opening or verdict
    name = next((name for name in ("loss", *run.curves) if name in run.curves), "")
    if name:
        values, given = run.curves[name]
        for value in values[given].tolist():
            card.loss.push(value)


class Growing:
    """A file of records that grows: what is added is read, and nothing again.

    Args:
        path: The file.
        card: What its first `size` bytes came to.
        size: Those bytes.

    """

    def __init__(self, path: str, card: Card, size: int) -> None:
        self.card: Card = card
        self._tail = Tail(path, start=size)
        self._times: tuple[float, int] | None = None

    def look(self) -> bool:
        """Take in what has been added; return whether anything was.

        Raises:
            OSError: The file cannot be read.
            ValueError: It is no longer what it was.

        """
        rows = self._tail.look()
        for row in rows:
            self._take(row)
        return bool(rows)

    def _take(self, row: dict[str, Any]) -> None:
        card = self.card
        card.rows += 1
        step, loss = step_of(number_of(row.get("step"))), number_of(row.get("loss"))
        card.step = card.step if step is None else step
        if loss is not None or "loss=" in str(row.get("nonfinite", "")):
            card.loss.push(math.nan if loss is None else loss)
        self._stand(str(row.get("status", "")))
        if row.get("alarms"):
            self._ring(row)
        if row.get("tags"):
            card.tags = tags_in([*card.tags, str(row["tags"])])
        self._clock(number_of(row.get("time")))

    def _stand(self, status: str) -> None:
        if status in ORDER:
            self.card.status = status
            self.card.worst = max(status, self.card.worst or status, key=ORDER.index)

    def _ring(self, row: dict[str, Any]) -> None:
        card, incident = self.card, number_of(row.get("incident"))
        card.first = card.first or str(row["alarms"]).split(";")[0]
        if incident != card.incident:
            card.incidents, card.incident = card.incidents + 1, int(incident or 0)
            card.sentence = str(row.get("explanation", ""))

    def _clock(self, time: float | None) -> None:
        """Take the mean interval of the records that were seen."""
        if time is None:
            return
        first, count = self._times or (time, 0)
        self._times = first, count + 1
        self.card.interval = (time - first) / count if count else self.card.interval


def grows(path: str, card: Card, size: int) -> bool:
    """Whether a file is one of records as JSON lines, whole up to a size: only what is added needs to be read then."""
    if card.error or not card.form.startswith("JSON lines"):
        return False
    with suppress(OSError), open(path, "rb") as file:
        head = file.read(4096).split(b"\n")[0]
        file.seek(size - 1)
        return b'"theta"' in head and b'"alarms"' in head and file.read(1) == b"\n"
    return False
