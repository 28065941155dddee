"""torchtitan: a hook on the metrics processor, which watches what it logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite._native import AnetTypeError
from anet_lite.integrations.logged_run import LoggedRun
from anet_lite.integrations.method_hook import MethodHook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from anet_lite import Monitor
    from anet_lite.policy import Guard
    from anet_lite.tracker import Tracker


class MetricsWatch:
    """Watches what a ``MetricsProcessor`` logs: the loss and gradient norm of all ranks, the rate, validation losses.

    A row is a log, every ``log_freq`` steps (by default 10), judged when the next one comes. All ranks get the same
    numbers and decide alike. A rank writes to the log where it is told so. Nothing is ever raised into training.

    Args:
        monitor: Where the signals go; by default a new one.
        guard: What to do about alarms, such as ``Guard(Stop())``; by default they are logged in words. A stop is yours
            to obey. `LowerLR` needs ``Guard(..., set_scale=...)``, `SkipStep` is refused.
        trackers: Where the snapshots go.
        signals: Named signals in the logs: names, or directions by name; by default every name whose direction is
            known, such as ``validation_metrics/loss``.
        quiet: Log no messages, as on all ranks but the first.

    Raises:
        ValueError: The guard's policy cannot be carried out, or a signal has no direction.

    """

    def __init__(
        self,
        monitor: Monitor | None = None,
        *,
        guard: Guard | None = None,
        trackers: Sequence[Tracker] = (),
        signals: Mapping[str, str] | Iterable[str] | None = None,
        quiet: bool = False,
    ) -> None:
        self._run = LoggedRun(monitor, guard, trackers, None, signals, "MetricsWatch")
        self._run.session.quiet = self._run.session.remarks.quiet = quiet
        self._log_once = LogOnce("watching the metrics processor")
        self._hooks: list[MethodHook] = []

    @property
    def monitor(self) -> Monitor:
        """The monitor."""
        return self._run.session.monitor

    @property
    def should_stop(self) -> bool:
        """Whether the guard has decided to stop. The loop's to obey."""
        return self._run.session.should_stop

    def add_to(self, processor: Any) -> None:
        """Watch a processor: ``watch.add_to(trainer.metrics_processor)``.

        Raises:
            TypeError: It has no logger to which it gives its metrics.

        """
        if not callable(getattr(getattr(processor, "logger", None), "log", None)):
            raise AnetTypeError(f"processor must be a MetricsProcessor, got {type(processor).__name__}")
        self._hooks += [
            MethodHook(processor.logger, "log", self._log_once, before=self._run.log),
            MethodHook(processor.logger, "close", self._log_once, before=self._run.end),
        ]

    def remove(self) -> None:
        """Take the hooks off, and judge the last row."""
        for hook in self._hooks:
            hook.remove()
        self._hooks = []
        self._run.end()

    def state_dict(self) -> dict[str, Any]:
        """Return what was learned, of plain types: torchtitan's checkpointer saves it under a name among its states."""
        return self._run.state_dict()

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state, with the same monitor and guard.

        Raises:
            ValueError: It is not the state of a watch.

        """
        self._run.load_state_dict(state)
