"""What the callbacks of Lightning and Transformers share: a watch that waits until there is a model."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite._native import AnetTypeError
from anet_lite.integrations.session import Session
from anet_lite.integrations.torch.attach import watch_with
from anet_lite.policy.carried import refuse_idle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from anet_lite import Monitor
    from anet_lite.integrations.torch.watch import Watch
    from anet_lite.policy import Guard
    from anet_lite.tracker import Tracker


class Attached:
    """A watch that begins and ends with a framework's training. Nothing of it raises.

    Args:
        monitor: Where the signals go; by default a new one. It is the same object after a checkpoint is loaded.
        guard: What to do about alarms; by default they are logged in words.
        trackers: Where the snapshots go.
        options: Options of `attach`.

    Raises:
        TypeError: `attach` has no such option.

    """

    def __init__(
        self,
        monitor: Monitor | None,
        guard: Guard | None,
        trackers: Sequence[Tracker],
        options: dict[str, Any],
    ) -> None:
        unknown = options.keys() - signature(watch_with).parameters.keys()
        if unknown:
            raise AnetTypeError(f"AnetCallback has no option {min(unknown)!r}")
        refuse_idle(guard, ("scale_lr", "skip_step"), "AnetCallback")
        self.session: Session = Session(monitor, guard)
        self.watch: Watch | None = None
        self._trackers, self._options = trackers, options
        self._restored: dict[str, Any] | None = None
        self.is_going_back: bool = False
        """Whether the next training goes back: the guard then still knows how often it has."""
        self._log_once = LogOnce("watching the run")

    @property
    def monitor(self) -> Monitor:
        """The monitor, the same in every training."""
        return self.session.monitor

    @property
    def should_stop(self) -> bool:
        """Whether the guard has decided to stop in this training."""
        return self.session.should_stop

    def begin(self, model: Any, optimizer: Any, logging: bool, process_group: Any = None) -> None:
        """Attach, and go on from what was restored. Each training has a session of its own.

        Args:
            model: The model, wrapped.
            optimizer: Its optimizer.
            logging: Whether this rank writes to the log and the trackers.
            process_group: The ranks that train together, where the model does not say.

        """
        with self._log_once:
            if self.watch is not None:
                self.watch.detach()
            trackers = self._trackers if logging else ()
            self.session = Session(self.monitor, self.session.guard, trackers, quiet=not logging)
            self.watch = watch_with(self.session, model, optimizer, process_group=process_group, **self._options)
            if self._restored is not None:
                own = {"guard": self.session.guard.state_dict()} if self.is_going_back else {}
                self.watch.load_state_dict({**self._restored, **own})
                self._restored, self.is_going_back = None, False

    def apply(self, act: Callable[[Any], object]) -> None:
        """Call a function with the watch, if there is one."""
        with self._log_once:
            if self.watch is not None:
                act(self.watch)

    def go_back(self) -> None:
        """Let the training end: what it still gives is not part of the run that goes back."""
        self.session.halted = self.is_going_back = True

    def flush(self) -> None:
        """Write what the trackers hold. Nothing is read from the device."""
        self.session.flush()

    def end(self) -> None:
        """Read what is under way, take the hooks off the optimizer, write what the trackers hold."""
        with self._log_once:
            if self.watch is not None:
                self.watch.detach()
        self.flush()

    def state_dict(self) -> dict[str, Any]:
        """Return what was learned; before the first training what was restored, or nothing."""
        with self._log_once:
            if self._restored is not None or self.watch is None:
                return self._restored or {}
            return self.watch.state_dict()
        return {}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state when training begins, with the same monitor and guard."""
        self._restored = state or None
