"""Streams of a file that grows, sample by sample: what is added is scored, and nothing again."""

from __future__ import annotations

import os
from threading import Lock
from typing import TYPE_CHECKING

from anet_lite._native import AnetValueError
from anet_lite.board.card import Card
from anet_lite.board.streams import MOST_BYTES, fill_streams

if TYPE_CHECKING:
    from anet_lite.cli.detect.over import Judged
    from anet_lite.reader.live import LiveReader
    from anet_lite.reader.table import Table, Wanted
    from anet_lite.stream.stream import Scores

_SAME = 256
"""Bytes before the newest that must be as they were: a file that was written anew is read anew."""


class FollowedStreams:
    """A file of streams that grows. It is judged as ``anet-lite detect --follow`` judges it.

    Args:
        path: The file.
        name: Its path below the folder.
        lang: The language of sentences.

    """

    def __init__(self, path: str, name: str, lang: str) -> None:
        from anet_lite.cli.detect.asked import Asked
        from anet_lite.reader.live import LiveReader
        from anet_lite.stream.columns import Choice

        self.card: Card = Card(name)
        self._path, self._lang = path, lang
        self._asked = Asked(path, every_column=True, lang=lang, silent=True)
        self._watched = self._asked.streams()
        self._reader = LiveReader(choose=self._choose, where=name)
        self._choice = Choice(())
        self._scores: dict[str, Scores] = {}
        self._at, self._rows, self._last = 0, 0, b""
        self._lock = Lock()

    def look(self) -> bool:
        """Take in what has been added; return whether it gave a sample.

        Raises:
            OSError: The file cannot be read.
            ValueError: It is no longer what it was, or larger than a board reads.

        """
        tables = self._reader.feed(self._added())
        with self._lock:
            for table in tables:
                self._take(table)
        if tables:
            card = Card(self.card.name, interval=self.card.interval)
            fill_streams(card, self.judged(), self._lang)
            self.card = card
        return bool(tables)

    def judged(self) -> Judged:
        """Return what was said of all samples so far; an alarm that goes on has no end."""
        from anet_lite.cli.detect.over import Judged
        from anet_lite.stream import Found

        with self._lock:
            watched, scores = self._watched, dict(self._scores)
            over = [alarm for each in scores.values() for alarm in each.alarms if alarm.end is not None]
            alarms = sorted([*over, *watched.open], key=lambda alarm: alarm.start)
            found = Found(scores, alarms, watched.remarks(), watched.held_back, watched.young)
            return Judged(self._reader.form, self._choice, found, watched)

    def _added(self) -> bytes:
        with open(self._path, "rb") as file:
            if os.fstat(file.fileno()).st_size > MOST_BYTES:
                raise AnetValueError(f"{self._path} is larger than the streams that a board reads")
            file.seek(self._at - len(self._last))
            if file.read(len(self._last)) != self._last:
                raise AnetValueError(f"{self._path} is no longer what it was")
            added = file.read()
        self._at += len(added)
        self._last = (self._last + added)[-_SAME:]
        return added

    def _take(self, table: Table) -> None:
        from anet_lite.stream.columns import series_of
        from anet_lite.stream.stream import joined

        for name, values, times, rows, column in series_of(table, self._choice, self._rows):
            found = self._watched.push_many(values, times, name=name, rows=rows, column=column)
            self._scores[name] = joined([self._scores[name], found]) if name in self._scores else found
        self._rows += table.rows

    def _choose(self, reader: LiveReader) -> Wanted:
        from anet_lite.cli.options.choice import choice_of

        self._choice = choice_of(reader.known, [], True, (), "", self.card.name)
        return self._choice.wanted
