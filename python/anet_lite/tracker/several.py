"""Several trackers as one, none of which can hurt another or the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._internal.log_once import LogOnce

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite import Snapshot
    from anet_lite.integrations.remarks import Remark
    from anet_lite.tracker.protocol import Tracker


class Several:
    """Hands each snapshot to every tracker. What a tracker raises, though it should not, is logged once.

    Example:
        >>> from anet_lite import Monitor
        >>> from anet_lite.tracker import Several
        >>> Several([]).log(Monitor().update(loss=1.0))

    """

    def __init__(self, trackers: Sequence[Tracker], activity: str = "training") -> None:
        named = [(tracker, f"logging to {type(tracker).__name__}") for tracker in trackers]
        self._trackers = [(tracker, LogOnce(what, activity)) for tracker, what in named]

    def log(self, snapshot: Snapshot) -> None:
        """Take a snapshot."""
        for tracker, logging in self._trackers:
            with logging:
                tracker.log(snapshot)

    def tell(self, remark: Remark) -> None:
        """Take a remark; trackers without a ``tell`` take none."""
        for tracker, logging in self._trackers:
            tell = getattr(tracker, "tell", None)
            if callable(tell):
                with logging:
                    tell(remark)

    def flush(self) -> None:
        """Wait until what was logged is written."""
        for tracker, logging in self._trackers:
            with logging:
                tracker.flush()

    def close(self) -> None:
        """Flush, and let go of what is held."""
        for tracker, logging in self._trackers:
            with logging:
                tracker.close()
