"""Which of the numbers that a framework logs are named signals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._native import AnetValueError, Monitor, known_signal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MEANS_ANOTHER = {"mean_reward": "margin"}
"""Names that are no signal where another stands beside them. A reward model (TRL's ``RewardTrainer``) is trained on
differences of rewards alone: their mean may drift."""


class LoggedSignals:
    """Picks the named signals out of logs.

    Args:
        monitor: Where the signals go; None makes one.
        signals: Names, or directions by name; None takes every name whose direction is known.

    Raises:
        TypeError: ``signals`` is neither a mapping nor a list of texts.
        ValueError: A name without a direction is not in common use, and the monitor does not know it.

    Example:
        >>> from anet_lite.integrations.logged_signals import LoggedSignals
        >>> LoggedSignals(None, None).of({"loss": 0.4, "kl": 0.02, "epoch": 1.0})
        {'kl': 0.02}

    """

    def __init__(self, monitor: Monitor | None, signals: Mapping[str, str] | Iterable[str] | None) -> None:
        self.monitor: Monitor = Monitor(signals=signals) if monitor is None else monitor
        self._names = None if signals is None else set(signals)
        for name in self._names or ():
            if not self._has_direction(name):
                raise AnetValueError(f"signals: the monitor knows no direction of {name!r}: say Monitor(signals=...)")

    def of(self, logs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the named signals among the numbers of a log."""
        wanted = [name for name in logs if self._is_wanted(name) and not self._means_another(name, logs)]
        return {name: logs[name] for name in wanted if hasattr(logs[name], "__float__")}

    def _means_another(self, name: str, logs: Mapping[str, Any]) -> bool:
        return self._names is None and _MEANS_ANOTHER.get(name, name) in logs.keys() - {name}

    def _is_wanted(self, name: str) -> bool:
        return self._has_direction(name) if self._names is None else name in self._names

    def _has_direction(self, name: str) -> bool:
        return name in self.monitor.signals or known_signal(name) is not None
