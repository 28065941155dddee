"""The way back under `Rollback` where a framework trains: its own checkpoints, and training that is begun again."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any, TypeVar

from anet_lite.policy import Guard, Rollback

if TYPE_CHECKING:
    from collections.abc import Callable

    from anet_lite import TombstoneLog
    from anet_lite.policy import Policy

Result = TypeVar("Result")

_logger = logging.getLogger("anet_lite")


class GoingBack:
    """Knows which checkpoints the policy asked for, and to which of them training is to go back.

    A policy decides within a step, where a framework can neither save nor load: its callback asks `is_asked` and
    `is_due` when the step is over, saves, or ends training; `run` then begins it again.

    Args:
        policy: Such as ``Rollback(factor=0.5)``, which is the default.
        tombstones: Where each way back is recorded.
        lang: Language of the guard's messages.

    """

    def __init__(self, policy: Policy | None = None, tombstones: TombstoneLog | None = None, lang: str = "en") -> None:
        policy = Rollback(factor=0.5) if policy is None else policy
        self.guard: Guard = Guard(policy, save=self._ask, load=self._go, lang=lang)
        self._tombstones = tombstones
        self._asked: int | None = None
        self._written: dict[int, str] = {}
        self._target: str | None = None

    @property
    def is_asked(self) -> bool:
        """Whether a checkpoint is to be saved."""
        return self._asked is not None

    @property
    def is_due(self) -> bool:
        """Whether training is to end, and to go back."""
        return self._target is not None

    def written(self, path: str) -> None:
        """Note the checkpoint that was asked for; the trusted one and the newest are enough."""
        if self._asked is not None:
            trusted = self.guard.trusted
            self._written = {step: old for step, old in self._written.items() if step == trusted}
            self._written[self._asked] = path
            self._asked = None

    def not_written(self) -> None:
        """Note that the checkpoint that was asked for was refused."""
        self._asked = None

    def run(self, train: Callable[[str | None], Result], first: str | None, stopped: Callable[[], bool]) -> Result:
        """Train, and again from a trusted checkpoint as often as the policy goes back to one.

        Args:
            train: Trains from a checkpoint, None for the beginning.
            first: The checkpoint to begin with.
            stopped: Whether the guard has decided to stop.

        """
        result = train(first)
        while self._target is not None and not stopped():
            path = self._target
            self._record(path)
            self._target = None
            result = train(path)
        return result

    def last(self) -> str | None:
        """Return the checkpoint on which a run that was stopped is to end, if there is one. It is told once."""
        path, self._target = self._target, None
        return path

    def _ask(self, step: int) -> None:
        self._asked = step

    def _go(self, trusted: int) -> None:
        path = self._written.get(trusted)
        if path is None or not os.path.exists(path):
            _logger.error("the run cannot go back: the checkpoint of step %d is no longer there (%s)", trusted, path)
            return
        self._target = path

    def _record(self, path: str) -> None:
        state = self.guard.state_dict()
        _logger.warning("going back to %s, with %g of the scheduled rate", path, self.guard.scale)
        if self._tombstones is not None:
            evidence: dict[str, Any] = {"attempt": state.get("attempts"), "rate_factor": self.guard.scale}
            name = type(self.guard.policy).__name__
            self._tombstones.tombstone(event="rollback", policy=name, scope={"checkpoint": path}, evidence=evidence)
