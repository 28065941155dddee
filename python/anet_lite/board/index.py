"""What was read of runs, so that a board that starts again need not read them again. The file may be thrown away."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from anet_lite._native import __version__
from anet_lite.board.card import Card, card_of

_FORM = 3
"""The form of the cards: those of another one are read again."""


class Index:
    """Cards by name, each for a size and a time of its file. Where nothing can be kept, it is forgotten at the end.

    Args:
        folder: The folder of the runs.
        lang: The language of the sentences in its cards.

    """

    def __init__(self, folder: str, lang: str) -> None:
        self._lang = f"{lang} {__version__} {_FORM}"
        try:
            self._rows = _opened(_path(folder))
        except (OSError, sqlite3.Error):
            self._rows = _opened(":memory:")

    def get(self, name: str, written: tuple[int, int]) -> Card | None:
        """Return the card of a run whose file is as it was."""
        with suppress(sqlite3.Error, ValueError, TypeError, KeyError):
            key = (name, self._lang, *written)
            found = self._rows.execute(
                "SELECT card FROM cards WHERE name=? AND lang=? AND size=? AND time=?", key
            ).fetchone()
            return None if found is None else card_of(json.loads(found[0]))
        return None

    def put(self, name: str, written: tuple[int, int], card: Card) -> None:
        """Keep a card. A full disk keeps nothing, and the board goes on."""
        with suppress(sqlite3.Error), self._rows:
            row = (name, self._lang, *written, json.dumps(card.saved()))
            self._rows.execute("INSERT OR REPLACE INTO cards VALUES (?, ?, ?, ?, ?)", row)

    def close(self) -> None:
        """Close the file."""
        self._rows.close()


def _path(folder: str) -> str:
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "anet-lite"
    caches.mkdir(parents=True, exist_ok=True)
    return str(
        caches / f"board-{sha256(os.path.realpath(folder).encode(errors='surrogateescape')).hexdigest()[:16]}.sqlite"
    )


def _opened(path: str) -> sqlite3.Connection:
    rows = sqlite3.connect(path, timeout=1.0, check_same_thread=False)
    rows.execute("PRAGMA journal_mode=WAL")
    rows.execute("PRAGMA synchronous=OFF")  # a lost index is made again
    columns = "name TEXT, lang TEXT, size INT, time INT, card TEXT, PRIMARY KEY (name, lang)"
    rows.execute(f"CREATE TABLE IF NOT EXISTS cards ({columns})")
    return rows
