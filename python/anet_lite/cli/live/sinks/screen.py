"""Events on standard output, a line each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from anet_lite._internal.jsonable import to_jsonable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite.cli.live.event import Event
    from anet_lite.stream import Scores


class ScreenSink:
    """Prints an event as soon as it comes: as words, or as a JSON object.

    Args:
        as_json: Whether as a JSON object.

    """

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json

    def seen(self, found: Mapping[str, Scores]) -> None:
        """Pass samples over."""

    def take(self, event: Event) -> None:
        """Print an event."""
        line = json.dumps(to_jsonable(event.to_dict()), ensure_ascii=False) if self._as_json else event.line()
        print(line, flush=True)

    def close(self) -> int:
        """Return that nothing was lost."""
        return 0
