"""What a run has come to."""

from typing import Any, final

@final
class Incident:
    """One incident of a run: when it was, what fired, and whether the run has come back from it."""

    row: int
    """The row in which it opened."""
    step: int
    """The caller's step of that row, or the row where none was given."""
    end: int | None
    """The row in which it was over, 50 quiet rows after the last that fired; None while it is open."""
    rules: list[str]
    """The rules of the whole run that fired in it; empty where only groups of parameters did."""
    worst: str
    """The worst status while it was open."""
    before: float | None
    """The median of the 64 losses before it; None where there were none."""
    peak: float | None
    """The highest median of 8 losses while it was open; the lowest where the loss collapsed."""
    after: float | None
    """The median of the newest 32 losses of the run."""
    is_back: bool
    """Whether loss and gradient norm are back at their levels before, or a change was announced since.

    The loss is back where ``after`` is above ``before`` by no more than a tenth of what had been learned, nor than half
    of it (2 % of what had been learned count as nothing), or than one standard deviation from row to row; after a
    collapse it must not be as much below either. The gradient norm is back where the median of its newest 32 is at most
    1.8 times its level before, and not below a tenth of it unless the loss is lower too. Of what shows in groups or
    named signals alone it is always true: the status tells whether they are back.
    """
    def to_dict(self) -> dict[str, Any]:
        """Return the attributes by name."""

@final
class RunSummary:
    """A run so far: its status now and at its worst, its incidents, and what of it could be judged.

    Made by ``Monitor.summary``.
    """

    status: str
    """The status after the last row."""
    worst: str
    """The worst status so far."""
    ruined: bool
    """Whether the run is lost now.

    So it is where a loss of the newest 32 rows was not finite; where the moving average of the loss (of 16) has been as
    far above its best as the start was for 64 rows, that is, all that was learned is given back; or where the gradient
    has been exactly 0 for 8 rows and the loss is not at its best.
    """
    rows: int
    """Rows seen."""
    judged: int
    """Rows in which a rule with a baseline could fire. Before the first of them only what needs none was looked for."""
    needed: int
    """Rows after which a run with a loss in every row is judged: 155."""
    seen: list[str]
    """The signals that came in some row."""
    missing: list[str]
    """Those that never came: what they would have shown is not known."""
    incidents: list[Incident]
    """The newest 16 incidents, the oldest first."""
    incident_count: int
    """How many there were."""
    def to_dict(self) -> dict[str, Any]:
        """Return the attributes by name; each incident is a dict too."""
