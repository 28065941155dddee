"""An alarm as words and as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anet_lite.diagnosis.rank import LikelyCause

_SHOWN = 3
"""Causes that a notebook shows."""


@dataclass(frozen=True)
class AlarmReport:
    """What a snapshot's alarms mean: in words, which are also its ``str``, and as data.

    Example:
        >>> from anet_lite import Monitor, explain
        >>> found = explain(Monitor().update(loss=float("inf"), step=7))
        >>> found.first_onset, found.actions[0]
        ('nonfinite', 'look at this batch')
        >>> list(found.to_dict())
        ['paragraph', 'first_onset', 'since', 'causes', 'actions', 'last_values']

    """

    paragraph: str
    """One short paragraph."""
    first_onset: str | None
    """The rule whose score rose first; None where there is no alarm."""
    since: int | None
    """The row in which it rose."""
    causes: list[LikelyCause]
    """Likely causes, the likeliest first."""
    actions: list[str]
    """What to do next, in the same order."""
    last_values: dict[str, list[float | None]]
    """The newest values of every signal that was given, at most 8."""

    def __str__(self) -> str:
        return self.paragraph

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain types: texts, numbers, lists and dicts."""
        return asdict(self)

    def _repr_html_(self) -> str:
        items = [f"<li><b>{escape(cause.what)}</b>: {escape(cause.action)}</li>" for cause in self.causes[:_SHOWN]]
        causes = f"<ol>{''.join(items)}</ol>" if items else ""
        return f"<div><p>{escape(self.paragraph)}</p>{causes}</div>"
