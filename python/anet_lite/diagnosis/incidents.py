"""One incident is one message: when it opens, when its likeliest cause or its gravity changes, and when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from statistics import median
from typing import TYPE_CHECKING, Any

from anet_lite.diagnosis.explain import explain
from anet_lite.diagnosis.texts import ENDS, STATUS

if TYPE_CHECKING:
    from anet_lite import Alarm, Snapshot

_CALM = ("healthy", "settled")
_OPENING = 8
"""Newest values that may be part of the incident when it opens."""
_NOW = 32
"""Newest values whose median is the level when it ends."""
_GRAD_BAND = (0.1, 2.0)
"""Factors of its level before, between which a gradient norm is back."""


@dataclass(frozen=True)
class Message:
    """What a person is to be told."""

    kind: str
    """``opens``, ``changes`` or ``ends``."""
    step: int
    status: str
    """The run's status."""
    since: int
    """The step in which the incident opened."""
    alarms: list[Alarm]
    """The alarms of this step; none where it ends."""
    text: str


class Incidents:
    """Decides from each snapshot which message is due, if any.

    A cause is told once an incident, and that the run is failing, once. A ``note`` ends an incident without a word: who
    wrote it knows. A monitor that was set back begins anew.

    Args:
        lang: Language of the messages, ``"en"`` or ``"ja"``.

    Example:
        >>> from anet_lite import Monitor
        >>> from anet_lite.diagnosis import Incidents
        >>> monitor, incidents = Monitor(), Incidents()
        >>> losses = [2.0, *[float("nan")] * 9, *(2.0 + 0.1 * (at % 7) for at in range(60))]
        >>> said = [incidents.news(monitor.update(loss=loss)) for loss in losses]
        >>> [(message.kind, message.step) for message in said if message]
        [('opens', 1), ('ends', 60)]

    """

    def __init__(self, lang: str = "en") -> None:
        self._lang = lang
        self._state = _closed()
        self._row = -1

    def news(self, snapshot: Snapshot) -> Message | None:
        """Take a snapshot; return the message that is due."""
        if snapshot.row <= self._row or snapshot.segment == "note":
            self._state = _closed()
        self._row = snapshot.row
        opened = next((alarm.incident for alarm in snapshot.alarms), None)
        if opened is not None and opened != self._state["incident"]:
            self._state = {**_closed(), "incident": opened, "step": snapshot.step, **_levels(snapshot)}
            return self._told("opens", snapshot)
        if self._state["incident"] < 0:
            return None
        if self._is_over(snapshot):
            return self._ended(snapshot)
        return self._told("changes", snapshot)

    def state_dict(self) -> dict[str, Any]:
        """Return what was said of the incident under way, of plain types."""
        return {**self._state, "causes": list(self._state["causes"]), "row": self._row}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what ``state_dict`` gave."""
        self._state = {name: state[name] for name in _closed()}
        self._state["causes"] = list(state["causes"])
        self._row = int(state["row"])

    def _told(self, kind: str, snapshot: Snapshot) -> Message | None:
        """Return the message of a row in an incident; None where it has no new cause and no new gravity."""
        state, failing = self._state, snapshot.status == "failing"
        state["whole"] = state["whole"] or bool(snapshot.incident)
        graver = failing and not state["failing"]
        if not (snapshot.alarms or graver):
            return None
        found = explain(snapshot, self._lang)
        cause = found.causes[0].name if found.causes else ""
        if kind == "changes" and not graver and cause in state["causes"]:
            return None
        state["failing"] = state["failing"] or failing
        state["causes"] = [*state["causes"], cause]
        return Message(kind, snapshot.step, snapshot.status, state["step"], snapshot.alarms, found.paragraph)

    def _is_over(self, snapshot: Snapshot) -> bool:
        """Whether no incident is open. One of groups alone shows in the status only."""
        return not snapshot.incident and (self._state["whole"] or snapshot.status in _CALM)

    def _ended(self, snapshot: Snapshot) -> Message:
        before, self._state = self._state, _closed()
        texts, status = ENDS[self._lang], snapshot.status
        form = texts[status if status in _CALM else "else"]
        parts = [form.format(step=snapshot.step, since=before["step"], status=STATUS[self._lang][status])]
        for signal in ("loss", "grad_norm"):
            now, then = _level(snapshot.window(signal)[-_NOW:]), before[signal]
            if now is not None and then is not None and _is_told(signal, now, then):
                parts.append(texts[signal].format(now=now, then=then))
        text = texts["join"].join(parts)
        return Message("ends", snapshot.step, status, before["step"], [], text)


def _is_told(signal: str, now: float, then: float) -> bool:
    """Whether a level belongs into the message: that of the loss always, of the gradient where it is elsewhere."""
    low, high = _GRAD_BAND
    return signal == "loss" or not low * then <= now <= high * then


def _closed() -> dict[str, Any]:
    """Return the state while no incident is open."""
    return {
        "incident": -1,
        "step": -1,
        "whole": False,
        "failing": False,
        "causes": [],
        "loss": None,
        "grad_norm": None,
    }


def _levels(snapshot: Snapshot) -> dict[str, float | None]:
    """Return the levels before an incident that opens in this row."""
    return {signal: _level(snapshot.window(signal)[:-_OPENING]) for signal in ("loss", "grad_norm")}


def _level(values: list[float]) -> float | None:
    known = [value for value in values if isfinite(value)]
    return median(known) if known else None
