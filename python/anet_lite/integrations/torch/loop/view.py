"""What a watch shows. All of it is one interval late."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import deque

    from anet_lite import Alarm, Monitor, Snapshot
    from anet_lite._internal.log_once import LogOnce
    from anet_lite.integrations.remarks import Remark
    from anet_lite.integrations.session import Session
    from anet_lite.integrations.torch.loop.rows import RowReader
    from anet_lite.integrations.torch.loop.steps import Steps
    from anet_lite.integrations.torch.measure.groups import GroupNorms
    from anet_lite.integrations.torch.measure.step import Measure
    from anet_lite.integrations.torch.mistakes import Mistakes
    from anet_lite.integrations.torch.readout import Reading
    from anet_lite.policy import Action, Guard


class WatchView:
    """The properties of a watch, each taken from the part of it that knows."""

    def __init__(
        self, measure: Measure, session: Session, mistakes: Mistakes, rows: RowReader, steps: Steps, log_once: LogOnce
    ) -> None:
        self._measure, self._session, self._mistakes = measure, session, mistakes
        self._rows, self._steps, self._measuring = rows, steps, log_once

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
        """The monitor's snapshot of the newest step that was read, None before the first."""
        return self._session.snapshot

    @property
    def reading(self) -> Reading | None:
        """The numbers of that step."""
        return self._rows.reading

    @property
    def layers(self) -> dict[str, GroupNorms]:
        """The norms of each group of parameters, when they were last measured."""
        return self._rows.layers

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
        """What was said of the loop itself, the newest 256."""
        return self._session.remarks.all

    @property
    def steps(self) -> int:
        """Steps counted."""
        return self._steps.count

    @property
    def status(self) -> str:
        """The monitor's status at the newest step that was read; ``warming_up`` while no loss has come."""
        return self._session.status if self._mistakes.has_loss or self._session.status != "healthy" else "warming_up"

    @property
    def should_stop(self) -> bool:
        """Whether the guard has decided to stop. The loop's to obey."""
        return self._session.should_stop

    @property
    def failures(self) -> int:
        """How often measuring, the monitor, the guard or a callback failed; each kind was logged once."""
        hooks = self._measure.grad_hooks
        return self._measuring.failures + self._session.failures + (hooks.log_once.failures if hooks is not None else 0)
