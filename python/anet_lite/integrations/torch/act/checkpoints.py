"""Checkpoints for the way back of a loop of your own: whatever has a `state_dict`, never a poisoned one."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any, Protocol

import torch

from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.integrations.torch.act.finite import not_finite, tensors_of

_logger = logging.getLogger("anet_lite")

_KEPT = 2
"""The trusted checkpoint and the newest: going back removes those after it."""


class Stateful(Protocol):
    """What is saved."""

    def state_dict(self) -> dict[str, Any]:
        """Return the state."""
        ...

    def load_state_dict(self, state_dict: dict[str, Any], /) -> Any:
        """Go on from a state."""
        ...


class Checkpoints:
    """Saves and loads what `Rollback` asks for: ``Guard(Rollback(), save=kept.save, load=kept.load)``.

    One file for each checkpoint, written whole or not at all. The two newest are kept; going back removes those after
    the one that is loaded. A module that is not finite is not saved, which is logged. Each rank needs a folder of its
    own; sharded modules need ``torch.distributed.checkpoint`` instead.

    Args:
        folder: Where the files go; it is made.
        **parts: What is saved, by name: model, optimizer, scheduler, scaler, a data loader that has a state.

    Raises:
        TypeError: A part has no ``state_dict`` and ``load_state_dict``.
        ValueError: There is no part.

    Example:
        >>> import tempfile, torch
        >>> from anet_lite import Guard, Rollback
        >>> from anet_lite.integrations.torch import Checkpoints
        >>> model = torch.nn.Linear(2, 1)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     kept = Checkpoints(folder, model=model)
        ...     guard = Guard(Rollback(factor=0.5), save=kept.save, load=kept.load)
        ...     kept.save(100)
        ...     kept.steps
        [100]

    """

    def __init__(self, folder: str | os.PathLike[str], **parts: Stateful) -> None:
        if not parts:
            raise AnetValueError(
                "parts must name what is saved, as Checkpoints(folder, model=model, optimizer=optimizer)"
            )
        for name, part in parts.items():
            if not all(callable(getattr(part, method, None)) for method in ("state_dict", "load_state_dict")):
                raise AnetTypeError(f"{name} must have state_dict and load_state_dict, got {type(part).__name__}")
        self._folder, self._parts = Path(folder), parts
        self._folder.mkdir(parents=True, exist_ok=True)
        self._saved: list[int] = []

    @property
    def steps(self) -> list[int]:
        """The steps whose checkpoints are there, the oldest first."""
        return list(self._saved)

    def save(self, step: int) -> None:
        """Save all parts."""
        modules = {name: part for name, part in self._parts.items() if isinstance(part, torch.nn.Module)}
        for name, module in modules.items():
            bad = not_finite(tensors_of(module))
            if bad:
                _logger.warning("the checkpoint of step %d is not saved: %s of %s is not finite", step, bad[0], name)
                return
        path = self._path(step)
        torch.save({name: part.state_dict() for name, part in self._parts.items()}, f"{path}.new")
        os.replace(f"{path}.new", path)
        self._saved = sorted({*self._saved, step})
        self._remove(self._saved[:-_KEPT])

    def load(self, step: int) -> None:
        """Load all parts, and remove the checkpoints after this one.

        Raises:
            ValueError: There is none of this step.

        """
        if step not in self._saved:
            raise AnetValueError(f"step must be one of {self._saved}, got {step}")
        states = torch.load(self._path(step), map_location="cpu", weights_only=True)
        for name, part in self._parts.items():
            part.load_state_dict(states[name])
        self._remove([later for later in self._saved if later > step])

    def _path(self, step: int) -> Path:
        return self._folder / f"step-{step}.pt"

    def _remove(self, steps: list[int]) -> None:
        for step in steps:
            self._path(step).unlink(missing_ok=True)
        self._saved = [step for step in self._saved if step not in steps]
