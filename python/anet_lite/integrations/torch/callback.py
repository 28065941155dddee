"""What the callbacks of Lightning and Transformers share: an `attach` that waits until there is a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite._native import Monitor
from anet_lite.integrations.torch.attach import attach
from anet_lite.policy import Guard
from anet_lite.tracker import Several

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from anet_lite.tracker import Tracker


class Attached:
    """A watch that begins and ends with a framework's training. Nothing of it raises.

    Args:
        monitor: Where the signals go; by default a new one. It is the same object after a checkpoint is loaded.
        guard: What to do about alarms; by default they are logged in words.
        trackers: Where the snapshots go.
        options: Options of `attach`.

    """

    def __init__(
        self,
        monitor: Monitor | None,
        guard: Guard | None,
        trackers: Sequence[Tracker],
        options: dict[str, Any],
    ) -> None:
        self.monitor: Monitor = Monitor() if monitor is None else monitor
        self.guard: Guard = Guard() if guard is None else guard
        self.options = options
        self.watch: Any = None
        self._trackers = Several(trackers)
        self._restored: dict[str, Any] | None = None
        self._quiet = LogOnce("watching the run")

    @property
    def should_stop(self) -> bool:
        """Whether the guard has decided to stop."""
        return self.watch is not None and self.watch.should_stop

    def begin(self, model: Any, optimizer: Any, logging: bool, process_group: Any = None) -> None:
        """Attach, and go on from what was restored. Only the ranks that are told to log do."""
        with self._quiet:
            if self.watch is not None:
                self.watch.detach()
            log = self._trackers.log if logging else None
            more = {**self.options, "guard": self.guard, "on_snapshot": log, "process_group": process_group}
            self.watch = attach(model, optimizer, self.monitor, **more)
            if self._restored is not None:
                self.watch.load_state_dict(self._restored)
                self._restored = None

    def tell(self, act: Callable[[Any], object]) -> None:
        """Do something with the watch, if there is one."""
        with self._quiet:
            if self.watch is not None:
                act(self.watch)

    def flush(self) -> None:
        """Write what the trackers hold. Nothing is read from the device."""
        self._trackers.flush()

    def end(self) -> None:
        """Read what is under way, let go of the optimizer, write what the trackers hold."""
        with self._quiet:
            if self.watch is not None:
                self.watch.detach()
        self.flush()

    def state_dict(self) -> dict[str, Any]:
        """Return what was learned; before the first training what was restored, or nothing."""
        with self._quiet:
            if self._restored is not None or self.watch is None:
                return self._restored or {}
            return self.watch.state_dict()
        return {}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state when training begins, with the same monitor and guard."""
        self._restored = state or None
