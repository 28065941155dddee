"""A monitor with what hangs on it: the guard that acts, the trackers that are told. For loops that must not stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite._native import AnetValueError, Monitor
from anet_lite.policy import Guard, load_both
from anet_lite.tracker import Several

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite import Snapshot
    from anet_lite.policy import Action
    from anet_lite.tracker import Tracker


class Listener:
    """Hears the signals of a run, step by step. Whatever fails in it is logged once and stops nothing.

    Args:
        monitor: Where the signals go; by default a new one.
        guard: What to do about alarms; by default they are logged in words.
        trackers: Where the snapshots go.

    Example:
        >>> from anet_lite.integrations.session import Listener
        >>> from anet_lite.policy import Guard, Stop
        >>> listener = Listener(guard=Guard(Stop()))
        >>> for loss in (2.0, 1.5, float("nan")):
        ...     listener.hear(loss=loss)
        >>> listener.should_stop, listener.snapshot.status
        (True, 'failing')

    """

    def __init__(
        self, monitor: Monitor | None = None, guard: Guard | None = None, trackers: Sequence[Tracker] = ()
    ) -> None:
        self.monitor: Monitor = Monitor() if monitor is None else monitor
        self.guard: Guard = Guard() if guard is None else guard
        self.snapshot: Snapshot | None = None
        self.action: Action | None = None
        self._trackers = Several(trackers)
        self._hearing, self._acting = LogOnce("the monitor"), LogOnce("acting on a snapshot")

    @property
    def should_stop(self) -> bool:
        """Whether the guard has decided to stop. The loop's to obey."""
        return self.action is not None and self.action.kind == "stop"

    def hear(self, **signals: Any) -> None:
        """Take one step's signals, as ``Monitor.update`` does."""
        with self._hearing:
            self.snapshot = self.monitor.update(**signals)
            self._trackers.log(self.snapshot)
            with self._acting:
                self.action = self.guard.step(self.snapshot)

    def flush(self) -> None:
        """Write what the trackers hold."""
        self._trackers.flush()

    def state_dict(self) -> dict[str, Any]:
        """Return what was learned, of plain types."""
        return {"monitor": self.monitor.state_dict(), "guard": self.guard.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what ``state_dict`` gave, with the same monitor and guard.

        Raises:
            ValueError: It is not a listener's state. Nothing is changed.

        """
        if not isinstance(state, dict) or state.keys() != {"monitor", "guard"}:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetValueError("state must be what Listener.state_dict gave")
        load_both(self.guard, self.monitor, state)
