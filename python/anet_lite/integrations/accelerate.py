"""Accelerate: a tracker that watches what a loop logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.integrations.logged_run import LoggedRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from accelerate.tracking import GeneralTracker

    from anet_lite import Monitor
    from anet_lite.integrations.session import Session
    from anet_lite.policy import Guard
    from anet_lite.tracker import Tracker

if not TYPE_CHECKING:
    GeneralTracker = need("accelerate.tracking", "accelerate").GeneralTracker


class AnetTracker(GeneralTracker):
    """Watches the numbers that ``accelerator.log`` takes: loss, gradient norm, rate, and named signals.

    It measures nothing: for gradients attach to the prepared model and optimizer, ``attach(model, optimizer)``. What is
    logged under one step is one row, judged when the next step is logged. A log reaches the main process alone, and so
    does `should_stop`. ``accelerator.register_for_checkpointing(tracker)`` puts the state into ``save_state``. Nothing
    is ever raised into training.

    Args:
        monitor: Where the signals go; by default a new one.
        guard: What to do about alarms, such as ``Guard(Stop())``; by default they are logged in words. A stop is yours
            to obey. `LowerLR` needs ``Guard(..., set_scale=...)``, `SkipStep` is refused.
        trackers: Where the snapshots go.
        columns: Names in the logs by signal, such as ``{"loss": "ce"}``, where they are not in common use.
        signals: Named signals in the logs: names, or directions by name; by default every name whose direction is
            known, such as ``eval_loss``, ``reward`` and ``accuracy``.

    Raises:
        ImportError: Accelerate is not installed.
        ValueError: The guard's policy cannot be carried out, a signal has no direction, or ``columns`` names none.

    Example:
        >>> from accelerate import Accelerator
        >>> from anet_lite.integrations.accelerate import AnetTracker
        >>> tracker = AnetTracker()  # line one
        >>> accelerator = Accelerator(log_with=[tracker], cpu=True)  # line two
        >>> accelerator.init_trackers("run")
        >>> for step in range(40):
        ...     accelerator.log({"loss": 1 / (1 + step), "lr": 0.1}, step=step)
        >>> accelerator.end_training()
        >>> tracker.monitor.rows
        40

    """

    name = "anet_lite"
    requires_logging_directory = False

    def __init__(
        self,
        monitor: Monitor | None = None,
        *,
        guard: Guard | None = None,
        trackers: Sequence[Tracker] = (),
        columns: Mapping[str, str] | None = None,
        signals: Mapping[str, str] | Iterable[str] | None = None,
    ) -> None:
        self._run = LoggedRun(monitor, guard, trackers, columns, signals, "AnetTracker")
        super().__init__()

    @property
    def tracker(self) -> Session:
        """The session, as ``accelerator.get_tracker("anet_lite", unwrap=True)`` gives it."""
        return self._run.session

    @property
    def monitor(self) -> Monitor:
        """The monitor."""
        return self._run.session.monitor

    @property
    def should_stop(self) -> bool:
        """Whether the guard has decided to stop. The loop's to obey."""
        return self._run.session.should_stop

    def log(self, values: Mapping[str, Any], step: int | None = None, **_: Any) -> None:
        """Take one log."""
        self._run.log(values, step)

    def finish(self) -> None:
        """Judge the last row, and write what the trackers hold."""
        self._run.end()

    def state_dict(self) -> dict[str, Any]:
        """Return what was learned, of plain types."""
        return self._run.state_dict()

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state, with the same monitor and guard.

        Raises:
            ValueError: It is not a tracker's state.

        """
        self._run.load_state_dict(state)
