"""What was measured since the last row, as sums. A row's signals are their ratios, so any batch size counts fairly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TOKENS: dict[str, tuple[str, str]] = {
    "token_entropy": ("entropy", "judged"),
    "token_margin": ("margin", "judged"),
    "surprisal_excess": ("excess", "chosen"),
    "token_repetition": ("repeated", "grams"),
    "looping_sequences": ("looping", ""),
    "nonfinite_logits": ("nonfinite", ""),
    "tokens_per_s": ("timed", "seconds"),
    "end_probability": ("ending", "endable_steps"),
    "unfinished_share": ("unfinished", "endable"),
    "output_tokens": ("tokens", "sequences"),
    "first_token_s": ("first_seconds", "begun"),
    "error_share": ("errors", "calls"),
}
"""Signals of generated tokens: the sum of what over the sum of what; of a count there is only the first."""

CALLS: dict[str, tuple[str, str]] = {
    "latency_s": ("seconds", "returned"),
    "error_share": ("errors", "calls"),
    "output_size": ("size", "sized"),
    "output_mean": ("mean", "judged"),
    "output_spread": ("spread", "judged"),
    "nonfinite_outputs": ("nonfinite", ""),
}
"""Signals of calls."""


FAULTS = ("nonfinite", "looping")
"""Sums of which any is a fault."""


class Tally:
    """Sums by name, until they make a row.

    Args:
        signals: A table such as ``CALLS``.
        every: Steps that make a row, or calls. A fault that is told at once, such as a number that is not finite,
            waits for no more.

    Example:
        >>> from anet_lite.integrations.inference.tally import CALLS, Tally
        >>> tally = Tally(CALLS, 2)
        >>> tally.add({"calls": 1, "returned": 1, "seconds": 0.5, "nonfinite": 0})
        >>> tally.add({"calls": 1, "errors": 1})
        >>> tally.is_full, tally.take()
        (True, {'latency_s': 0.5, 'error_share': 0.5, 'nonfinite_outputs': 0.0})

    """

    def __init__(self, signals: Mapping[str, tuple[str, str]], every: int) -> None:
        self._signals, self._every = signals, every
        self._sums: dict[str, float] = {}

    @property
    def is_full(self) -> bool:
        """Whether a row is due."""
        done = max(self._sums.get("steps", 0), self._sums.get("calls", 0))
        return done >= self._every or any(self._sums.get(name, 0) > 0 for name in FAULTS)

    def add(self, sums: Mapping[str, float]) -> None:
        """Add what was measured."""
        for name, value in sums.items():
            self._sums[name] = self._sums.get(name, 0.0) + value

    def take(self) -> dict[str, float]:
        """Return the signals of the row, and begin another one; what was not measured is left out."""
        sums, self._sums = self._sums, {}
        found: dict[str, float] = {}
        for name, (above, below) in self._signals.items():
            if not below and above in sums:
                found[name] = float(sums[above])
            elif sums.get(below, 0) > 0:
                found[name] = sums.get(above, 0.0) / sums[below]
        return found
