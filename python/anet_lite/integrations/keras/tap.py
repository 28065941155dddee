"""What observes the training step of a backend."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Callable, Protocol

from anet_lite._native import AnetValueError

if TYPE_CHECKING:
    from anet_lite._internal.log_once import LogOnce

Update = Callable[[dict[str, Any]], None]
"""Takes the signals of a step."""

NOTHING_CAME = (
    "no step of fit was seen: its train_step is of its own, and calls neither the loss nor the optimizer as Keras does"
)

_TAPS = {"torch": "TorchTap", "jax": "JaxTap", "tensorflow": "TensorFlowTap"}


class Tap(Protocol):
    """Observes steps, and gives the signals of each to a function, in order, some steps late."""

    carried: tuple[str, ...]
    """The actions of policies that it carries out."""

    def begin(self, model: Any) -> None:
        """Put hooks on a model and its optimizer."""
        ...

    def end_batch(self) -> None:
        """Note that a step is over."""
        ...

    def drain(self) -> None:
        """Give all steps that are over."""
        ...

    def remove(self) -> None:
        """Take the hooks off."""
        ...


def tap_class(backend: str) -> Any:
    """Return the tap of a backend; made with an update function, a log, a rate factor, ``every`` and ``ema``.

    Raises:
        ValueError: There is none.

    """
    if backend not in _TAPS:
        raise AnetValueError(f"KERAS_BACKEND must be one of {', '.join(_TAPS)}, got {backend}")
    return getattr(import_module(f"anet_lite.integrations.keras.{backend}_tap"), _TAPS[backend])


class Options:
    """What every tap is made with.

    Args:
        update: Takes the signals of a step.
        log_once: Where errors stay.
        rate_factor: Returns what the rate is multiplied by.
        every: Steps in an interval.
        ema: Share of the past in the gradient's running mean.

    """

    def __init__(
        self, update: Update, log_once: LogOnce, rate_factor: Callable[[], float], every: int, ema: float
    ) -> None:
        self.update = update
        self.log_once = log_once
        self.rate_factor = rate_factor
        self.every = every
        self.ema = ema
