"""What the watches of tokens and of calls have in common: a session that gets a row whenever a tally is full."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Callable

from anet_lite._internal.log_once import LogOnce
from anet_lite.integrations.session import Session
from anet_lite.integrations.session_view import SessionView
from anet_lite.policy.carried import refuse_idle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from anet_lite import Monitor, Snapshot
    from anet_lite.integrations.inference.tally import Tally
    from anet_lite.policy import Guard
    from anet_lite.tracker import Tracker

#: Values of a signal from which on its monitor tells a change, as `docs/monitor.md` says.
FIRST_JUDGED = 24


class InferenceWatch(SessionView):
    """A session of inference. Many threads may call what it watches. What fails in it is logged once and counted."""

    def __init__(
        self,
        tally: Tally,
        monitor: Monitor | None,
        guard: Guard | None,
        trackers: Sequence[Tracker],
        on_snapshot: Callable[[Snapshot], object] | None,
    ) -> None:
        session = Session(monitor, guard, trackers, on_snapshot, activity="inference")
        super().__init__(session, LogOnce("measuring", activity="inference"))
        refuse_idle(self._session.guard, (), type(self).__name__)
        self._tally, self._lock = tally, threading.RLock()
        self._steps = 0

    def state_dict(self) -> dict[str, Any]:
        """Return what was learned, of plain types; what no row has is not part of it."""
        return {"steps": self._steps, **self._session.state_dict()}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Go on from what `state_dict` gave.

        Raises:
            TypeError: The state is not a mapping.
            ValueError: It is not the state of such a watch. Nothing is changed.

        """
        self._session.load_state_dict({name: value for name, value in state.items() if name != "steps"})
        self._steps = int(state["steps"])

    def _add(self, sums: Mapping[str, float], steps: int, batch_id: object = None) -> None:
        """Add what was measured in so many steps; where it makes a row, update the session with it."""
        with self._lock:
            self._tally.add(sums)
            self._steps += steps
            if self._tally.is_full:
                named: dict[str, Any] = self._tally.take()
                self._session.update(step=self._steps, batch_id=batch_id, **named)

    def _conclude(self) -> None:
        """Say where there was too little to be judged, and write what the trackers hold."""
        rows = self.monitor.rows
        if rows < FIRST_JUDGED:
            self._session.remarks.say("few_rows", self._steps, rows=rows, needed=FIRST_JUDGED)
        self._session.flush()
