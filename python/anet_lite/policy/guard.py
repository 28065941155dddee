"""A policy at work."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Callable

from anet_lite._internal.validate import instance, language
from anet_lite._native import AnetTypeError, AnetValueError, Snapshot
from anet_lite.diagnosis import Incidents
from anet_lite.policy.action import NOTHING
from anet_lite.policy.log_only import LogOnly
from anet_lite.policy.rollback import Rollback

if TYPE_CHECKING:
    from anet_lite import Monitor
    from anet_lite.policy.action import Action, Policy, State

_logger = logging.getLogger("anet_lite")

_ACTS = frozenset({"scale_lr", "skip_step", "stop", "save", "rollback"})
"""Actions that are more than a message."""


class Guard:
    """A policy at work: holds its state, acts, and logs what happens in words.

    An incident is one message to the logger ``anet_lite``, with its likely cause; one more where cause or gravity
    changes, and one when it ends. An action is one line, however often it is decided in a row.

    Args:
        policy: One of `LogOnly` (default), `LowerLR`, `SkipStep`, `Stop`, `Rollback`, or your own.
        save: For `Rollback`: called with the step when a checkpoint is to be saved.
        load: For `Rollback`: called with the step of the trusted checkpoint, before a stop too.
        set_scale: For `LowerLR` and ``Rollback(factor=...)``: called with the part of the scheduled rate to use. Or
            read `scale` yourself. The integrations that train with PyTorch and Keras do it where it is not given.
        dry_run: Decide and log, and call nothing.
        lang: Language of the messages, ``"en"`` or ``"ja"``.

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
        lang: str = "en",
    ) -> None:
        for name, function in (("save", save), ("load", load), ("set_scale", set_scale)):
            if function is not None and not callable(function):
                raise AnetTypeError(f"{name} must be callable, got {type(function).__name__}")
        self.policy: Policy = LogOnly() if policy is None else policy
        if isinstance(self.policy, type) or not all(hasattr(self.policy, name) for name in ("start", "decide")):
            raise AnetTypeError(f"policy must have start and decide, as LowerLR() has, got {policy!r:.80}")
        if isinstance(self.policy, Rollback) and not dry_run and (save is None or load is None):
            raise AnetValueError("save and load must be given for Rollback")
        language(lang)
        self.dry_run = dry_run
        self.lang = lang
        self._incidents = Incidents(lang)
        self._last = NOTHING
        self._state = self.policy.start()
        self._save, self._load, self._set_scale = save, load, set_scale

    @property
    def scale(self) -> float:
        """The part of the scheduled learning rate to train with; 1 in a dry run."""
        return 1.0 if self.dry_run else float(self._state.get("scale", 1.0))

    @property
    def needs(self) -> str:
        """The action that the loop must carry out for the policy to do anything, such as ``scale_lr``; else empty.

        A policy of your own says it by an attribute ``needs``.
        """
        wanted = str(getattr(self.policy, "needs", ""))
        is_done = self.dry_run or (wanted == "scale_lr" and self._set_scale is not None)
        return "" if is_done else wanted

    @property
    def rate_factor(self) -> float:
        """What an integration multiplies the rate by: ``scale``, and 1 where a function that was given does it."""
        return 1.0 if self._set_scale is not None else self.scale

    @property
    def trusted(self) -> int:
        """The step of the checkpoint that has proved good; -1 while there is none, and in a dry run."""
        return -1 if self.dry_run else int(self._state.get("trusted", -1))

    def step(self, snapshot: Snapshot, *, quiet: bool = False) -> Action:
        """Decide, act and log. Return the action; ``skip_step`` and ``stop`` are the caller's to carry out.

        Args:
            snapshot: What the monitor said of the step.
            quiet: Log nothing, as on all ranks but the first.

        """
        instance("snapshot", snapshot, Snapshot)
        trusted = int(self._state.get("trusted", -1))
        action, self._state = self.policy.decide(self._state, snapshot)
        self._log(action, snapshot, quiet)
        if not self.dry_run:
            self._act(action, snapshot.step, trusted)
        return action

    def _log(self, action: Action, snapshot: Snapshot, quiet: bool) -> None:
        """Log the message that is due, and the action where it is not that of the step before."""
        message, last, self._last = self._incidents.news(snapshot), self._last, action
        if quiet:
            return
        if message is not None:
            _logger.warning("%s", message.text)
        if action.kind in _ACTS and (action.kind, action.scale) != (last.kind, last.scale):
            mark = " (dry run)" if self.dry_run else ""
            level = logging.INFO if action.kind == "save" else logging.WARNING
            _logger.log(level, "%s%s at step %d: %s", action.kind, mark, snapshot.step, action.reason)

    def _act(self, action: Action, step: int, trusted: int) -> None:
        if action.kind in ("scale_lr", "rollback") and self._set_scale is not None:
            self._set_scale(action.scale)
        if action.kind == "save" and self._save is not None:
            self._save(step)
        back = action.kind == "rollback" or (action.kind == "stop" and trusted >= 0)
        if back and self._load is not None:
            self._load(trusted)

    def state_dict(self) -> State:
        """Return the state, of plain types."""
        return {**self._state, "said": self._incidents.state_dict()}

    def load_state_dict(self, state: State) -> None:
        """Go on from a saved state.

        Raises:
            ValueError: It is not a state of this policy. The guard is unchanged.

        """
        names = self._state.keys() | {"said"}
        if not isinstance(state, dict) or state.keys() != names:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetValueError(f"state must be a dict with the entries {sorted(names)}")
        for name, value in self._state.items():
            _check_entry(name, state[name], value)
        said = Incidents(self.lang)
        said.load_state_dict(state["said"])
        self._incidents = said
        self._state = {name: value for name, value in state.items() if name != "said"}


def _check_entry(name: str, loaded: object, own: object) -> None:
    """Refuse a loaded entry that the policy could not have written: a later step would stumble over it."""
    is_number = isinstance(loaded, (int, float)) and abs(loaded) < float("inf")
    if isinstance(own, (int, float)) and not is_number:
        raise AnetValueError(f"state is damaged: {name} must be a finite number, got {loaded!r:.80}")


def load_both(guard: Guard, monitor: Monitor, state: Mapping[str, Any]) -> None:
    """Load the entries ``guard`` and ``monitor`` of a saved state, or raise and leave both as they are."""
    instance("guard", guard, Guard)
    if not callable(getattr(monitor, "load_state_dict", None)):  # what wraps a monitor will do
        raise AnetTypeError(f"monitor must be a Monitor, got {type(monitor).__name__}")
    if not isinstance(state, Mapping) or not {"guard", "monitor"} <= state.keys():  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetValueError("state must be a mapping with the entries guard and monitor")
    before = guard.state_dict()
    guard.load_state_dict(state["guard"])
    try:
        monitor.load_state_dict(state["monitor"])
    except Exception:
        guard.load_state_dict(before)
        raise
