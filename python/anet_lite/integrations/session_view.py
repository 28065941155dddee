"""What every watch shows of its session."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import deque

    from anet_lite import Alarm, Monitor, Snapshot
    from anet_lite._internal.log_once import LogOnce
    from anet_lite.integrations.remarks import Remark
    from anet_lite.integrations.session import Session
    from anet_lite.policy import Action, Guard


class SessionView:
    """The properties of a session.

    Args:
        session: The session.
        measuring: Where errors of what measures for it stay.

    """

    def __init__(self, session: Session, measuring: LogOnce) -> None:
        self._session, self._measuring = session, measuring

    @property
    def monitor(self) -> Monitor:
        """The monitor that takes the signals."""
        return self._session.monitor

    @property
    def guard(self) -> Guard:
        """What decides about each snapshot."""
        return self._session.guard

    @property
    def snapshot(self) -> Snapshot | None:
        """The monitor's snapshot of the newest row, None before the first."""
        return self._session.snapshot

    @property
    def action(self) -> Action | None:
        """What the guard decided last."""
        return self._session.action

    @property
    def alarms(self) -> deque[Alarm]:
        """The last 256 alarms, the oldest first."""
        return self._session.alarms

    @property
    def remarks(self) -> deque[Remark]:
        """What was said of what is watched itself, the newest 256."""
        return self._session.remarks.all

    @property
    def status(self) -> str:
        """The monitor's status at the newest row; ``warming_up`` while a change cannot be told yet."""
        return self._session.status

    @property
    def should_stop(self) -> bool:
        """Whether the guard has decided to stop. Yours to obey: nothing here stops anything."""
        return self._session.should_stop

    @property
    def failures(self) -> int:
        """How often measuring, the monitor, the guard or a callback failed; each kind was logged once."""
        return self._measuring.failures + self._session.failures
