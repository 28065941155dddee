"""A policy at work."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Callable

from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.diagnosis import explain
from anet_lite.policy.log_only import LogOnly
from anet_lite.policy.rollback import Rollback

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite import Monitor, Snapshot
    from anet_lite.policy.action import Action, Policy, State

_logger = logging.getLogger("anet_lite")


class Guard:
    """A policy at work: holds its state, acts, and logs every action in words.

    Args:
        policy: One of `LogOnly` (default), `LowerLR`, `SkipStep`, `Stop`, `Rollback`, or your own.
        save: For `Rollback`: called with the step when a checkpoint is to be saved.
        load: For `Rollback`: called with the step of the trusted checkpoint, before a stop too.
        set_scale: For `LowerLR`: called with the part of the scheduled rate to use. Or read `scale` yourself.
        dry_run: Decide and log, and call nothing.

    Raises:
        TypeError: What should be called cannot be.
        ValueError: A setting of the policy is impossible.

    Example:
        >>> from anet_lite import Guard, Monitor, Stop
        >>> guard = Guard(Stop())
        >>> guard.step(Monitor().update(loss=float("nan"))).kind
        'stop'

    """

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        save: Callable[[int], object] | None = None,
        load: Callable[[int], object] | None = None,
        set_scale: Callable[[float], object] | None = None,
        dry_run: bool = False,
    ) -> None:
        for name, function in (("save", save), ("load", load), ("set_scale", set_scale)):
            if function is not None and not callable(function):
                raise AnetTypeError(f"{name} must be callable, got {type(function).__name__}")
        self.policy: Policy = LogOnly() if policy is None else policy
        if isinstance(self.policy, Rollback) and not dry_run and (save is None or load is None):
            raise AnetValueError("save and load must be given for Rollback")
        self.dry_run = dry_run
        self._state = self.policy.start()
        self._save, self._load, self._set_scale = save, load, set_scale

    @property
    def scale(self) -> float:
        """The part of the scheduled learning rate to train with; 1 in a dry run."""
        return 1.0 if self.dry_run else float(self._state.get("scale", 1.0))

    def step(self, snapshot: Snapshot) -> Action:
        """Decide, act and log. Return the action; ``skip_step`` and ``stop`` are the caller's to carry out."""
        trusted = int(self._state.get("trusted", -1))
        action, self._state = self.policy.decide(self._state, snapshot)
        if action.kind != "none":
            mark = " (dry run)" if self.dry_run else ""
            _logger.warning("%s%s: %s", action.kind, mark, explain(snapshot))
        if not self.dry_run:
            self._act(action, snapshot.step, trusted)
        return action

    def _act(self, action: Action, step: int, trusted: int) -> None:
        if action.kind == "scale_lr" and self._set_scale is not None:
            self._set_scale(action.scale)
        if action.kind == "save" and self._save is not None:
            self._save(step)
        back = action.kind == "rollback" or (action.kind == "stop" and trusted >= 0)
        if back and self._load is not None:
            self._load(trusted)

    def state_dict(self) -> State:
        """Return the state, of plain types."""
        return dict(self._state)

    def load_state_dict(self, state: State) -> None:
        """Go on from a saved state.

        Raises:
            ValueError: It is not a state of this policy. The guard is unchanged.

        """
        if not isinstance(state, dict) or state.keys() != self._state.keys():  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetValueError(f"state must be a dict with the entries {sorted(self._state)}")
        self._state = dict(state)


def load_both(guard: Guard, monitor: Monitor, state: Mapping[str, Any]) -> None:
    """Load the entries ``guard`` and ``monitor`` of a saved state, or raise and leave both as they are."""
    before = guard.state_dict()
    guard.load_state_dict(state["guard"])
    try:
        monitor.load_state_dict(state["monitor"])
    except Exception:
        guard.load_state_dict(before)
        raise
