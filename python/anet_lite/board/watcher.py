"""Looks at all runs below a folder, again and again, and numbers what changes."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Any

from anet_lite.board.folder import runs_below, written
from anet_lite.board.following import FollowedStreams
from anet_lite.board.index import Index
from anet_lite.board.reading import Growing, grows, read_card
from anet_lite.page.render import data_of

if TYPE_CHECKING:
    from anet_lite.board.card import Card

_EVERY = 0.2
"""Seconds between two looks at the files."""
_NEW_EVERY = 2.0
"""Seconds between two looks for new ones."""
_RESTS = 5.0
"""Seconds without a record after which a run is read as a whole, for its verdict."""
_STREAMS = 4
"""A file of streams that grows may take one part in so many of the time, beside its own."""
_PATIENCE = 20
"""A file that must be read again as a whole may take one part in so many of the time."""


class Watcher:
    """The runs below a folder.

    Every change of a card gets the next number, so that a reader who knows all up to one is given what came after it.

    Args:
        folder: The folder.
        lang: The language of sentences.

    Raises:
        NotADirectoryError: There is no such folder.

    """

    def __init__(self, folder: str, lang: str = "en") -> None:
        if not os.path.isdir(folder):
            raise NotADirectoryError(f"{folder} is no folder: a board is of the folder in which runs are written")
        self.folder: str = os.path.realpath(folder)
        self.lang: str = lang
        self.version: int = 0
        self.ready: bool = False
        """Whether all runs have been looked at once."""
        self._index = Index(self.folder, lang)
        self._runs: dict[str, _Watched] = {}
        self._gone: dict[str, int] = {}
        self._looked_for_new = -_NEW_EVERY
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="anet-lite board", daemon=True)

    def start(self) -> None:
        """Look from now on, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(5.0)
        self._index.close()

    def path(self, name: str) -> str | None:
        """Return the path of a run of the list; None where it has none of that name."""
        return os.path.join(self.folder, name) if name in self._runs else None

    def page(self, name: str) -> dict[str, Any] | None:
        """Return the data of the page of a run that was read as a whole and has not changed since."""
        path = self.path(name)
        return self._index.page(name, written(path)) if path else None

    def followed(self, name: str) -> FollowedStreams | None:
        """Return the streams of a file that grew while the board was looking; None where it did not, or is of none."""
        run = self._runs.get(name)
        return run.streams if run else None

    def since(self, version: int) -> tuple[int, list[Card], list[str]]:
        """Return the newest number, the cards that changed after one, and the names of those that are gone."""
        now = self.version
        cards = [run.card for run in list(self._runs.values()) if run.card is not None and run.version > version]
        return now, cards, [name for name, at in list(self._gone.items()) if at > version]

    def look(self) -> None:
        """Look once at every file that may have changed."""
        if time.monotonic() - self._looked_for_new >= _NEW_EVERY:
            self._look_for_new()
        for name, run in sorted(self._runs.items(), key=lambda item: -item[1].time):
            if self._over.is_set():
                return
            if run.look(self._index, self.lang):
                self.version += 1
                run.version = self.version
            elif run.is_gone:
                self._forget(name)
        self.ready = True

    def _go_on(self) -> None:
        while not self._over.wait(_EVERY):
            self.look()

    def _look_for_new(self) -> None:
        for name in runs_below(self.folder):
            if name not in self._runs:
                self._runs[name] = _Watched(os.path.join(self.folder, name), name)
                self._gone.pop(name, None)
        self._looked_for_new = time.monotonic()

    def _forget(self, name: str) -> None:
        self.version += 1
        self._gone[name] = self.version
        del self._runs[name]
        self._index.drop(name)


class _Watched:
    """One run."""

    def __init__(self, path: str, name: str) -> None:
        self.card: Card | None = None
        self.version = 0
        self.is_gone = False
        self.time = 0
        self._path, self._name = path, name
        self._known = (-1, -1)
        self._growing: Growing | FollowedStreams | None = None
        self._not_before = 0.0
        self._to_rest = 0.0

    @property
    def streams(self) -> FollowedStreams | None:
        """The streams that are followed."""
        return self._growing if isinstance(self._growing, FollowedStreams) else None

    def look(self, index: Index, lang: str) -> bool:
        """Take in what is new; return whether the card is another one."""
        try:
            now = written(self._path)
        except OSError:
            self.is_gone = True
            return False
        self.time = now[1]
        if now == self._known:
            return self._rest(index, lang)
        if self.card is None and (card := index.get(self._name, now)):
            self.card, self._known = card, now
            return True
        if self._growing is None and self.card is not None and self.card.kind == "streams" and now[0] > self._known[0]:
            self._growing = FollowedStreams(self._path, self._name, lang)
        if self._growing is not None and now[0] >= self._known[0]:
            return (self.streams is None or time.monotonic() >= self._not_before) and self._grow(now)
        return time.monotonic() >= self._not_before and self._read(now, index, lang)

    def _grow(self, now: tuple[int, int]) -> bool:
        assert self._growing is not None
        begun = time.monotonic()
        try:
            changed = self._growing.look()
        except (OSError, ValueError):
            self._growing, self._known = None, (-1, -1)
            return False
        self._known, self.card = now, self._growing.card
        self.card.written = now[1] / 1e9
        if self.streams is None:
            self._to_rest = time.monotonic() + _RESTS
        else:
            self._not_before = time.monotonic() + _STREAMS * (time.monotonic() - begun)
        return changed

    def _rest(self, index: Index, lang: str) -> bool:
        """Read a run that grew and rests now as a whole: a verdict looks both ways."""
        if not self._to_rest or time.monotonic() < self._to_rest:
            return False
        self._to_rest = 0.0
        return self._read(self._known, index, lang)

    def _read(self, now: tuple[int, int], index: Index, lang: str) -> bool:
        begun = time.monotonic()
        interval = self.card.interval if self.card else 0.0
        self.card, run = read_card(self._path, self._name, lang)
        self.card.interval = interval
        self._known = now
        unchanged = _unchanged(self._path, now)
        self._growing = self._from(now[0]) if unchanged else None  # else nobody knows which bytes the card is of
        if unchanged:
            index.put(self._name, now, self.card)
            if run is not None:
                index.put_page(self._name, now, data_of(run, lang))
        self._not_before = time.monotonic() + _PATIENCE * (time.monotonic() - begun)
        return True

    def _from(self, size: int) -> Growing | None:
        """Return what reads only what is added from now on, where the file is of such a kind."""
        assert self.card is not None
        return Growing(self._path, self.card, size) if grows(self._path, self.card, size) else None


def _unchanged(path: str, before: tuple[int, int]) -> bool:
    try:
        return written(path) == before
    except OSError:
        return False
