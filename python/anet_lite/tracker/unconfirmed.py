"""What a tracker was given and is not known to have delivered, said when it is closed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from anet_lite.tracker.texts import UNCONFIRMED

if TYPE_CHECKING:
    from anet_lite.tracker.row import Row

_logger = logging.getLogger("anet_lite")

_KEPT = 1000
"""Titles that are kept at most: a service that is down for days fills no memory."""
_NAMED = 3


class Unconfirmed:
    """Keeps the titles of messages until they are written.

    Args:
        tracker: What the tracker is called.
        lang: ``"en"`` or ``"ja"``.

    """

    def __init__(self, tracker: str, lang: str = "en") -> None:
        self._tracker, self._lang = tracker, lang
        self._rows = self._said = 0
        self._titles: dict[str, str] = {}

    def taken(self, row: Row) -> None:
        """Note a row that the tracker was given."""
        self._rows += 1
        if row.alert is not None and len(self._titles) < _KEPT:
            self._titles[row.alert.key] = row.alert.title

    def written(self, rows: list[Row]) -> None:
        """Note rows that were delivered."""
        for row in rows:
            if row.alert is not None:
                self._titles.pop(row.alert.key, None)

    def say(self, lost: int) -> None:
        """Log that rows were lost, and the titles of messages among them; nothing where all of it was said before."""
        if lost > self._said:
            self._said = lost
            _logger.warning("%s", self.sentence(lost))

    def sentence(self, lost: int) -> str:
        """Return it as a sentence.

        Example:
            >>> from anet_lite.tracker import Row
            >>> from anet_lite.tracker.unconfirmed import Unconfirmed
            >>> unconfirmed = Unconfirmed("MlflowTracker")
            >>> for step in range(3):
            ...     unconfirmed.taken(Row(step, 0.0, {}, None))
            >>> unconfirmed.sentence(2)
            'MlflowTracker: 2 of 3 rows were not confirmed as delivered.'

        """
        texts, titles = UNCONFIRMED[self._lang], list(self._titles.values())
        shown = texts["list"].join(texts["title"].format(title=title) for title in titles[:_NAMED])
        if len(titles) > _NAMED:
            shown = texts["more"].format(titles=shown, more=len(titles) - _NAMED)
        messages = texts["messages"].format(titles=shown) if titles else ""
        return texts["rows"].format(tracker=self._tracker, lost=lost, taken=self._rows, messages=messages)
