"""What named signals make of a run whose loss tells nothing wrong: of a policy, say, whose loss is no progress."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from anet_lite._native import known_signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.verdict.verdict import Verdict

SIGNAL_RULES = frozenset({"signal_rise", "signal_fall"})
"""Rules of named signals that left their usual range."""
_KINDS = {"failing": "failing", "suspect": "settled_worse", "settled": "settled_worse"}
"""The verdict by the monitor's status at the end."""


def by_signals(found: Verdict, alarms: Sequence[tuple[int, int, str]], status: str) -> Verdict:
    """Return the verdict by named signals, where the loss tells nothing wrong and the run is not back.

    Args:
        found: The verdict by the loss.
        alarms: Incident, row and signal of the alarms of ``SIGNAL_RULES``.
        status: The monitor's status at the end.

    """
    told = [alarm for alarm in alarms if (known_signal(alarm[-1]) or ("", ""))[1] != "resource"]
    if found.kind not in ("healthy", "recovered", "no_progress") or status not in _KINDS or not told:
        return found
    _, row, name = next(alarm for alarm in told if alarm[0] == told[-1][0])
    return replace(found, kind=_KINDS[status], reason="signal", since=row, signal=name)
