"""What the list shows of a run, or of a file of streams."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from anet_lite.board.sparkline import Sparkline


@dataclass
class Card:
    """A run in the list, or a file of streams."""

    name: str
    """Its path below the folder."""
    kind: str = "run"
    """``run`` or ``streams``."""
    form: str = ""
    """What kind of file it is, in words."""
    rows: int = 0
    step: int | None = None
    """The last step; None where rows are only counted."""
    status: str = ""
    """How it stands: the monitor's status while it is written, the verdict where that is worse once it rests.

    Of streams: ``alarms``, ``quiet``, or "" where none could be judged.
    """
    worst: str = ""
    """The monitor's worst status."""
    incidents: int = 0
    incident: int = -1
    """The row in which the newest incident opened."""
    first: str = ""
    """The rule that fired first of all."""
    sentence: str = ""
    """What is said of the newest incident; of a run that is healthy, its verdict."""
    written: float = 0.0
    """When the file was written last, in seconds since 1970."""
    interval: float = 0.0
    """Usual seconds between two records; 0 where that is not known."""
    tags: list[str] = field(default_factory=list[str])
    """Words that its recorder was given."""
    loss: Sparkline = field(default_factory=Sparkline)
    error: str = ""
    """Why it cannot be read; such a file is no run."""

    def shown(self) -> dict[str, Any]:
        """Return what a browser is sent."""
        return {**asdict(self), "loss": self.loss.points}

    def saved(self) -> dict[str, Any]:
        """Return all of it, as plain types."""
        return asdict(self)


def card_of(saved: dict[str, Any]) -> Card:
    """Return the card that was saved."""
    card = Card(**saved)
    card.loss = Sparkline(**saved["loss"])
    return card
