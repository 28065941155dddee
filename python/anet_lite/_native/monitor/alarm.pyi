"""An alarm of a training run."""

from typing import Any, final

@final
class Alarm:
    """One rule that fires for the first time in its incident, in the units of its signal."""

    rule: str
    """Name of the rule, such as ``drift_loss``."""
    family: str
    """Its family: drift, level, jump, vanishing, update_size, noise_share, drawdown, explosion, lost_progress, early,
    collapse, again, resume, dead, frozen, learning_rate, nonfinite, reference, named_signal or overfitting."""
    signal: str
    """The argument of ``update`` that it is about, or the name of a named signal; for ``nonfinite`` the first that is
    not finite."""
    step: int
    """The caller's step, or the row where none was given."""
    row: int
    """Rows before this one."""
    value: float
    """What the rule saw: a value or a block mean. For ``update_size`` the update per unit of rate, for ``noise_share``
    noise over gradient norm."""
    expected: float | None
    """What was usual before: the median of the baseline, the best, or the earlier rate; None for counts."""
    ratio: float | None
    """``value / expected``."""
    spread: float | None
    """The usual spread in logarithms: 0.1 is about ten percent."""
    strength: float
    """The rule's score over the threshold that decides: above 1, or 1 for a count."""
    per_10k: float | None
    """In how many of 10,000 healthy steps a score reaches this; None for fixed thresholds. Below 0.1 extrapolated."""
    since: int
    """The row in which the rule's score began to rise (to exceed half its threshold)."""
    length: int
    """How many values: of the drift sum, of repeats, of rows that were not finite; else 1."""
    incident: int
    """The row in which the incident opened: alarms of one incident share it, so count incidents, not alarms."""
    groups: list[str]
    """Groups of parameters that alarmed in the same step, the strongest first."""
    def to_dict(self) -> dict[str, Any]:
        """Return the attributes by name."""
