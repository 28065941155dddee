"""What a tracker is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from anet_lite import Snapshot


class Tracker(Protocol):
    """Somewhere that snapshots go. The callbacks of the frameworks take a sequence of these.

    The trackers of ``anet_lite.integrations`` also take detections and alarms of streams.
    """

    def log(self, snapshot: Snapshot, /) -> None:
        """Take a snapshot. Raises nothing and does not wait."""
        ...

    def flush(self) -> None:
        """Wait until what was logged is written."""
        ...

    def close(self) -> None:
        """Flush, and let go of what is held."""
        ...
