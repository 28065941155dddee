"""The first steps of known-good runs."""

from collections.abc import Iterable
from typing import Any, final

from typing_extensions import Self

@final
class Reference:
    """The first 256 steps of known-good runs. Made by ``Monitor.reference``, given to ``Monitor(reference=...)``.

    With it a run that is bad from its first step alarms: every 8 steps the mean of loss, gradient norm, update per unit
    of rate and learning rate is compared with the lowest and highest of the good runs between two thirds of this time
    and half as late again. A rule fires (family ``reference``) at three times the loss or gradient norm or a fifth of
    the gradient norm, at twice or half the update, for 16 steps; at 1.5 times the rate or less than two thirds of it,
    for 8; or at six of the good runs' own spreads outside, if that is more.

    One good run is enough. Several of other seeds (``joined``) tell what differs between good runs: fewer false alarms.

    Example:
        >>> from anet_lite import Monitor, Reference
        >>> def good(seed):
        ...     monitor = Monitor()
        ...     _ = monitor.update_many([2.0 - 0.01 * step + 0.001 * seed for step in range(100)])
        ...     return monitor.reference(f"seed {seed}")
        >>> Reference.joined([good(0), good(1)])
        Reference(learned_on='seed 0; seed 1', rows=100)
    """

    learned_on: str
    """What it was learned on, in the user's words."""
    rows: int
    """Steps that it covers."""
    runs: int
    """Runs that it was learned on."""
    @classmethod
    def joined(cls, references: Iterable[Reference]) -> Self:
        """Return one reference of several: what lies between the extremes of all of them is good.

        Raises:
            TypeError: Something else than a Reference is among them.
            ValueError: There are none.
        """
    def to_dict(self) -> dict[str, Any]:
        """Return it as plain numbers and texts, for a file."""
    @classmethod
    def from_dict(cls, state: dict[str, Any]) -> Self:
        """Return the reference that ``to_dict`` gave.

        Raises:
            TypeError: The state is not a dict.
            ValueError: It is not a reference, of another version, or damaged.
        """
    def __reduce__(self) -> tuple[Any, ...]: ...
