"""What a watch shows. All of it is one interval late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.integrations.session_view import SessionView

if TYPE_CHECKING:
    from anet_lite._internal.log_once import LogOnce
    from anet_lite.integrations.session import Session
    from anet_lite.integrations.torch.loop.rows import RowReader
    from anet_lite.integrations.torch.loop.steps import Steps
    from anet_lite.integrations.torch.measure.groups import GroupNorms
    from anet_lite.integrations.torch.measure.step import Measure
    from anet_lite.integrations.torch.mistakes import Mistakes
    from anet_lite.integrations.torch.readout import Reading


class WatchView(SessionView):
    """The properties of a watch, each taken from the part of it that knows."""

    def __init__(
        self, measure: Measure, session: Session, mistakes: Mistakes, rows: RowReader, steps: Steps, log_once: LogOnce
    ) -> None:
        super().__init__(session, log_once)
        self._measure, self._mistakes, self._rows, self._steps = measure, mistakes, rows, steps

    @property
    def reading(self) -> Reading | None:
        """The numbers of the newest step that was read, None before the first."""
        return self._rows.reading

    @property
    def layers(self) -> dict[str, GroupNorms]:
        """The norms of each group of parameters, when they were last measured."""
        return self._rows.layers

    @property
    def steps(self) -> int:
        """Steps counted."""
        return self._steps.count

    @property
    def status(self) -> str:
        """The monitor's status at the newest step that was read; ``warming_up`` while no loss has come."""
        return self._session.status if self._mistakes.has_loss or self._session.status != "healthy" else "warming_up"

    @property
    def failures(self) -> int:
        """How often measuring, the monitor, the guard or a callback failed; each kind was logged once."""
        hooks = (self._measure.grad_hooks, self._measure.activations)
        return super().failures + sum(each.log_once.failures for each in hooks if each is not None)
