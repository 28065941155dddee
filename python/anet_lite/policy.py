"""What to do about an alarm, with guard rails.

A policy is settings and a pure function: ``decide(state, snapshot)`` gives an action and the next state, and nothing
else happens. Ranks that see the same snapshots therefore decide alike; otherwise let one rank decide and send its
action. A `Guard` holds the state, acts through functions that the caller gives, and logs; in a dry run it only logs.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Callable, NamedTuple, Protocol

from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.explain import explain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite import Monitor, Snapshot

_logger = logging.getLogger("anet_lite")

#: Families that a lower rate or an older checkpoint can help against.
DIVERGENCE = frozenset({"drift", "level", "jump", "update_size", "drawdown", "learning_rate", "nonfinite", "reference"})
#: Rows of failing after which a policy that acts once an incident may act once more.
_AGAIN = 50

State = dict[str, Any]


class Action(NamedTuple):
    """What a policy decides in one step."""

    kind: str
    """``none``, ``log``, ``scale_lr``, ``skip_step``, ``stop``, ``save`` or ``rollback``."""
    scale: float
    """Part of the scheduled learning rate to train with from here on."""
    reason: str
    """The scores that led to it; empty for ``none``."""


class Policy(Protocol):
    """Settings and a pure decision."""

    def start(self) -> State:
        """Return the state before the first step, of plain types."""
        ...

    def decide(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        """Return the action of this step and the next state. Nothing is changed."""
        ...


_NOTHING = Action("none", 1.0, "")


class LogOnly(NamedTuple):
    """Logs every alarm in words and does nothing else. The default."""

    def start(self) -> State:
        """Return the state before the first step."""
        return {}

    def decide(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        """Log where there is an alarm."""
        reason = _reason(snapshot)
        return (Action("log", 1.0, reason) if reason else _NOTHING), state


class Stop(NamedTuple):
    """Stops the run when it is failing for so many steps in a row."""

    patience: int = 1

    def start(self) -> State:
        """Return the state before the first step."""
        _at_least("patience", self.patience, 1)
        return {"failing": 0}

    def decide(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        """Stop in the step in which the patience ends."""
        failing = state["failing"] + 1 if snapshot.status == "failing" else 0
        action = Action("stop", 1.0, _reason(snapshot) or "failing") if failing >= self.patience else _NOTHING
        return action, {"failing": failing}


class SkipStep(NamedTuple):
    """Skips the optimizer's step where a signal is not finite or a single step jumps, so many times in a row at most.

    Update the monitor before the optimizer's step, with loss and gradient norm. After so many steps in a row the data
    are not the cause: jumps are let through, and a run whose signals are still not finite stops, since such a gradient
    would end it.
    """

    at_most: int = 10

    def start(self) -> State:
        """Return the state before the first step."""
        _at_least("at_most", self.at_most, 1)
        return {"skipped": 0}

    def decide(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        """Skip a bad step; after too many in a row go on, or stop where going on would end the run."""
        spoiled = _not_finite(snapshot)
        if not spoiled and not any(score.startswith("jump_") for score in snapshot.firing):
            return _NOTHING, {"skipped": 0}
        if state["skipped"] < self.at_most:
            return Action("skip_step", 1.0, ", ".join(snapshot.firing)), {"skipped": state["skipped"] + 1}
        return (Action("stop", 1.0, "nonfinite") if spoiled else _NOTHING), state


class LowerLR(NamedTuple):
    """Multiplies the learning rate by `factor` when an incident of divergence opens, and goes back when it is calm.

    Once an incident, and once more for every 50 steps that it goes on failing; never below `floor` of the scheduled
    rate; one notch back after `recover` healthy steps.
    """

    factor: float = 0.5
    floor: float = 0.05
    recover: int = 200

    def start(self) -> State:
        """Return the state before the first step."""
        _between("factor", self.factor, 0, 1)
        _between("floor", self.floor, 0, 1)
        _at_least("recover", self.recover, 1)
        return {"scale": 1.0, "incident": -1, "calm": 0, "failing": 0}

    def decide(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        """Lower, recover or leave the rate as it is."""
        opened = _diverges(snapshot, state["incident"])
        failing = state["failing"] + 1 if snapshot.status == "failing" and state["incident"] >= 0 else 0
        calm = state["calm"] + 1 if snapshot.status == "healthy" else 0
        scale, incident = state["scale"], state["incident"]
        if opened is not None or failing >= _AGAIN:
            scale, failing = max(self.floor, scale * self.factor), 0
            incident = opened if opened is not None else incident
        elif calm >= self.recover and scale < 1:
            scale, calm = min(1.0, scale / self.factor), 0
        elif calm:
            incident = -1 if scale == 1 else incident
        following = {"scale": scale, "incident": incident, "calm": calm, "failing": failing}
        if scale == state["scale"]:
            return Action("none", scale, ""), following
        return Action(
            "scale_lr", scale, _reason(snapshot) or ("calm" if scale > state["scale"] else "failing")
        ), following


class Rollback(NamedTuple):
    """Goes back to a checkpoint that has proved good, a limited number of times, and then stops there.

    Every `every` healthy steps a checkpoint is saved; it is promoted, that is trusted, when `promote_after` healthy
    steps have followed. An incident of divergence that is failing goes back to the trusted one; while there is none, it
    is only logged. Save the monitor's ``state_dict`` with the checkpoint and load it too: its baselines are those of
    the good run then, and it need not learn anew. A monitor that cannot be set back is told by ``note``.
    """

    every: int = 200
    promote_after: int = 100
    max_attempts: int = 3

    def start(self) -> State:
        """Return the state before the first step."""
        for name, value in zip(("every", "promote_after", "max_attempts"), self):
            _at_least(name, value, 1)
        return {"calm": 0, "saved": -1, "trusted": -1, "attempts": 0, "handled": -1, "pending": -1, "row": -1}

    def decide(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        """Save, promote, go back or stop."""
        following = {**state, **_pending(state, snapshot), "row": snapshot.row}
        following["calm"] = state["calm"] + 1 if snapshot.status == "healthy" else 0
        if snapshot.status == "failing" and following["pending"] >= 0:
            return self._go_back(following, snapshot)
        if following["calm"] >= self.promote_after and state["saved"] >= 0:
            following |= {"trusted": state["saved"], "saved": -1, "calm": 0}
        elif following["calm"] >= self.every and state["saved"] < 0:
            following |= {"saved": snapshot.step, "calm": 0}
            return Action("save", 1.0, "calm"), following
        return _NOTHING, following

    def _go_back(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        reason = ", ".join(snapshot.firing) or "failing"
        following = {**state, "handled": state["pending"], "pending": -1, "saved": -1}
        if state["trusted"] < 0:
            return Action("log", 1.0, reason), following
        spent = state["attempts"] >= self.max_attempts
        return Action("stop" if spent else "rollback", 1.0, reason), {**following, "attempts": state["attempts"] + 1}


def _pending(state: State, snapshot: Snapshot) -> State:
    """Return the incident of divergence that may still become a failure, and the one that was dealt with."""
    pending, handled = state["pending"], state["handled"]
    if snapshot.row <= state["row"]:
        pending = handled = -1  # The monitor was set back, to rows before its incidents.
    opened = _diverges(snapshot, handled)
    if opened is not None:
        pending = opened
    elif snapshot.status in ("healthy", "warming_up"):
        pending = -1
    return {"pending": pending, "handled": handled}


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
        >>> from anet_lite import Monitor
        >>> from anet_lite.policy import Guard, Stop
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
            _logger.warning("%s%s: %s", action.kind, mark, explain(snapshot).paragraph)
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


def _reason(snapshot: Snapshot) -> str:
    return ", ".join(alarm.score for alarm in snapshot.alarms)


def _not_finite(snapshot: Snapshot) -> bool:
    newest = (snapshot.recent(name)[-1] for name in ("loss", "grad_norm"))
    return any(value is not None and value - value != 0 for value in newest)


def _diverges(snapshot: Snapshot, known: int) -> int | None:
    """Return the incident of an alarm of divergence that is not the known one."""
    fresh = (a.incident for a in snapshot.alarms if a.detector in DIVERGENCE and a.incident != known)
    return next(fresh, None)


def _at_least(name: str, value: int, least: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"{name} must be an integer, got {type(value).__name__}")
    if value < least:
        raise AnetValueError(f"{name} must be at least {least}, got {value}")


def _between(name: str, value: float, low: float, high: float) -> None:
    if not isinstance(value, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"{name} must be a real number, got {type(value).__name__}")
    if not low < value < high:
        raise AnetValueError(f"{name} must be between {low} and {high}, got {value}")
