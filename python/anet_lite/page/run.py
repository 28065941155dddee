"""A run as a page shows it: its curves, what fired, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    from anet_lite.reader.ending import Ending
    from anet_lite.reader.table import Column
    from anet_lite.verdict import Verdict


@dataclass
class Event:
    """Something that happened at a row."""

    row: int
    what: str
    """Names of the rules that fired, with ``;`` between them, or of what was done."""
    text: str
    """The explanation."""
    incident: int = -1
    """The row in which the incident opened: alarms of one incident share it."""


@dataclass
class Run:
    """A run."""

    path: str
    form: str
    rows: int
    replayed: bool
    """Whether the alarms were found now, rather than read from records."""
    steps: NDArray[float64]
    """Where each row stands on the axis: its step, or its number where steps are missing or go back."""
    axis: str
    """``step`` or ``row``."""
    curves: dict[str, Column]
    """Signals and metrics by name: values, and whether each was given."""
    alarms: list[Event]
    statuses: list[tuple[int, str]]
    """The monitor's statuses, each with the row from which on it held."""
    status: str
    """The monitor's status after the last row."""
    worst: str
    """Its worst status."""
    remark: str
    """That the run was too short to be judged, where it was."""
    signals: list[str] = field(default_factory=list[str])
    """The named signals among the curves."""
    verdict: Verdict | None = None
    """How it went, in retrospect."""
    ending: Ending | None = None
    """Why it ended, where its log says so."""
    notes: list[Event] = field(default_factory=list[Event])
    tags: list[str] = field(default_factory=list[str])
    """Words that its recorder was given."""
    audit: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """The records of the run's tombstone log."""
    audit_remark: str = ""
    """What is wrong with that log."""
