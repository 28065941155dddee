"""The session of one run: a monitor, the guard that acts on its snapshots, and the trackers that record them.

A session is what a loop holds. Nothing that fails in it stops the loop.
"""

from __future__ import annotations

import logging
from collections import deque
from typing import TYPE_CHECKING, Any, Callable

from anet_lite._internal.log_once import LogOnce
from anet_lite._native import AnetValueError, Monitor
from anet_lite.diagnosis import conclusion
from anet_lite.integrations.remarks import Remarks
from anet_lite.integrations.resume import ResumeJump, checked_tail
from anet_lite.policy import Guard, load_both
from anet_lite.tracker import Several

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from anet_lite import Alarm, Snapshot
    from anet_lite.policy import Action
    from anet_lite.tracker import Tracker

_logger = logging.getLogger("anet_lite")

#: Alarms that a session keeps: those of the newest incidents, which a person reads.
_KEPT_ALARMS = 256


class Session:
    """Takes the signals of a run, step by step. What fails in it is logged once and counted in `failures`.

    Each step goes to the monitor, its snapshot to the trackers, then to the guard, and to ``on_snapshot`` last.

    Attributes:
        monitor: The monitor that takes the signals.
        guard: What decides about each snapshot.
        snapshot: The newest snapshot, None before the first step.
        action: What the guard decided last, None before the first step.
        halted: Whether what comes is no longer part of the run, as while a framework ends the training to go back.
        went_back: Whether the last step sent the run back to a checkpoint: rows of the time after it are not its own.
        alarms: The last 256 alarms, the oldest first.
        remarks: What was said of the loop itself.

    Args:
        monitor: Where the signals go; by default a new one.
        guard: What to do about alarms; by default they are logged in words.
        trackers: Where the snapshots go.
        on_snapshot: Called with each snapshot, after the guard.
        quiet: Log no messages of incidents, as on all ranks but the first.
        signals: The named signals of a new monitor, as ``Monitor`` takes them.
        activity: What goes on when something in here fails, for the log.

    Raises:
        ValueError: ``signals`` beside a monitor, which has its own; or what ``Monitor`` refuses.

    Example:
        >>> from anet_lite.integrations.session import Session
        >>> from anet_lite.policy import Guard, Stop
        >>> session = Session(guard=Guard(Stop()))
        >>> for loss in (2.0, 1.5, float("nan")):
        ...     session.update(loss=loss)
        >>> session.should_stop, session.status
        (True, 'failing')

    """

    def __init__(
        self,
        monitor: Monitor | None = None,
        guard: Guard | None = None,
        trackers: Sequence[Tracker] = (),
        on_snapshot: Callable[[Snapshot], object] | None = None,
        quiet: bool = False,
        signals: Mapping[str, str] | Iterable[str] | None = None,
        activity: str = "training",
    ) -> None:
        if monitor is not None and signals is not None:
            raise AnetValueError("signals must be given to the monitor, Monitor(signals=...), where there is one")
        self.monitor: Monitor = Monitor(signals=signals) if monitor is None else monitor
        self.guard: Guard = Guard() if guard is None else guard
        self.snapshot: Snapshot | None = None
        self.action: Action | None = None
        self.alarms: deque[Alarm] = deque(maxlen=_KEPT_ALARMS)
        self.quiet: bool = quiet
        self._trackers, self._on_snapshot = Several(trackers, activity), on_snapshot
        self.remarks: Remarks = Remarks(self.guard.lang, quiet, self._trackers.tell)
        self._resume = ResumeJump(self.remarks)
        self._concluded = 0
        self._stopped = False
        self._kept: dict[int, Any] = {}
        self.went_back: bool = False
        self.halted: bool = False
        self._monitoring, self._acting = LogOnce("the monitor", activity), LogOnce("acting on a snapshot", activity)

    @property
    def status(self) -> str:
        """The status of the newest snapshot; ``warming_up`` before the first."""
        return "warming_up" if self.snapshot is None else self.snapshot.status

    @property
    def should_stop(self) -> bool:
        """Whether the guard has decided to stop, in this step or an earlier one. The loop's to obey."""
        return self._stopped

    @property
    def failures(self) -> int:
        """How often the monitor, the guard or ``on_snapshot`` failed; each kind was logged once."""
        return self._monitoring.failures + self._acting.failures

    def update(self, *, groups: Mapping[str, Mapping[str, float | None]] | None = None, **signals: Any) -> None:
        """Take one step.

        Args:
            groups: The signals of each group of parameters, as ``Monitor.group(name).update`` takes them.
            **signals: The signals of the whole, as ``Monitor.update`` takes them, the named ones too.

        """
        if self.halted:
            return
        with self._monitoring:
            for name, of_group in (groups or {}).items():
                self.monitor.group(name).update(**of_group)
            self.snapshot = self.monitor.update(**signals)
            self.alarms.extend(self.snapshot.alarms)
            self._trackers.log(self.snapshot)
            self._resume.take(self.snapshot.step, signals.get("loss"))
            with self._acting:
                self._act(self.snapshot)

    def _act(self, snapshot: Snapshot) -> None:
        self.went_back = False
        self.action = self.guard.step(snapshot, quiet=self.quiet or self._stopped)
        self._stopped = self._stopped or self.action.kind == "stop"
        if not self.guard.dry_run:
            self._follow(self.action.kind, snapshot.step)
        if self._on_snapshot is not None:
            self._on_snapshot(snapshot)

    def _follow(self, kind: str, step: int) -> None:
        """Keep the monitor beside each checkpoint of `Rollback`, and set it back with the run."""
        trusted = self.guard.trusted
        if kind == "save":
            self._kept = {at: state for at, state in self._kept.items() if at == trusted}
            self._kept[step] = self.monitor.state_dict()
        elif kind in ("rollback", "stop") and trusted in self._kept:
            self.monitor.load_state_dict(self._kept[trusted])
            self.went_back = True

    def flush(self) -> None:
        """Write what the trackers hold."""
        self._trackers.flush()

    def conclude(self) -> None:
        """Log once what the run has come to, unless it is healthy."""
        with self._acting:
            summary, known = self.monitor.summary(), self._concluded
            self._concluded = summary.rows
            well = summary.status == "healthy" and summary.judged
            if summary.rows > known and not well and not self.quiet and not self.halted:
                _logger.warning("%s", conclusion(summary, self.guard.lang))

    def state_dict(self) -> dict[str, Any]:
        """Return what was learned, of plain types."""
        tail = self._resume.state_dict()
        return {"monitor": self.monitor.state_dict(), "guard": self.guard.state_dict(), "tail": tail}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what ``state_dict`` gave, with the same monitor and guard.

        Raises:
            ValueError: It is not a session's state. Nothing is changed.

        """
        if not isinstance(state, dict) or state.keys() != {"monitor", "guard", "tail"}:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetValueError("state must be what Session.state_dict gave")
        checked_tail(state["tail"])
        load_both(self.guard, self.monitor, state)
        self._resume.load_state_dict(state["tail"])
        self._stopped = False
