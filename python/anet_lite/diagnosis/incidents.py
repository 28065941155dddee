"""One incident is one message: when it opens, when its likeliest cause or its gravity changes, and when it ends."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from math import isfinite
from statistics import median
from typing import TYPE_CHECKING, Any

from anet_lite._internal.validate import instance, language
from anet_lite._native import AnetValueError, Snapshot
from anet_lite.diagnosis.explain import explain
from anet_lite.diagnosis.subject import subject
from anet_lite.diagnosis.texts import ENDS, STATUS

if TYPE_CHECKING:
    from anet_lite import Alarm

_LEVEL = (int, float, type(None))
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


@dataclass
class _Told:
    """What was said of the incident under way, and what was usual before it; row -1 while there is none."""

    incident: int = -1
    step: int = -1
    whole: bool = False
    """Whether a rule of the whole run fired in it; groups alone show only in the status."""
    failing: bool = False
    causes: list[str] = field(default_factory=list[str])
    loss: float | None = None
    grad_norm: float | None = None


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
        language(lang)
        self._lang = lang
        self._told = _Told()
        self._row = -1

    @property
    def under_way(self) -> bool:
        """Whether an incident goes on."""
        return self._told.incident >= 0

    def news(self, snapshot: Snapshot) -> Message | None:
        """Take a snapshot; return the message that is due."""
        instance("snapshot", snapshot, Snapshot)
        if snapshot.row <= self._row or snapshot.segment == "note":
            self._told = _Told()
        self._row = snapshot.row
        opened = next((alarm.incident for alarm in snapshot.alarms), None)
        if opened is not None and opened != self._told.incident:
            loss, norm = (_level(snapshot.window(name)[:-_OPENING]) for name in ("loss", "grad_norm"))
            self._told = _Told(opened, snapshot.step, loss=loss, grad_norm=norm)
            return self._tell("opens", snapshot)
        if self._told.incident < 0:
            return None
        return self._end(snapshot) if self._is_over(snapshot) else self._tell("changes", snapshot)

    def state_dict(self) -> dict[str, Any]:
        """Return what was said of the incident under way, of plain types."""
        return {**asdict(self._told), "row": self._row}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what ``state_dict`` gave.

        Raises:
            ValueError: It is not such a state. Nothing is changed.

        """
        kinds: dict[str, tuple[type[Any], ...]] = dict.fromkeys(("row", "incident", "step"), (int,))
        kinds.update(whole=(bool,), failing=(bool,), causes=(list, tuple), loss=_LEVEL, grad_norm=_LEVEL)
        if not isinstance(state, dict) or state.keys() != kinds.keys():  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetValueError(f"state of incidents must be a dict with the entries {sorted(kinds)}")
        for name, kind in kinds.items():
            if not isinstance(state[name], kind):
                raise AnetValueError(f"state is damaged: impossible value in entry '{name}' of what was said")
        told: dict[str, Any] = {name: value for name, value in state.items() if name != "row"}
        self._told, self._row = _Told(**told), int(state["row"])
        self._told.causes = list(map(str, self._told.causes))

    def _tell(self, kind: str, snapshot: Snapshot) -> Message | None:
        """Return the message of a row in an incident; None where it has no new cause and no new gravity."""
        told, failing = self._told, snapshot.status == "failing"
        told.whole = told.whole or bool(snapshot.incident)
        graver = failing and not told.failing
        if not (snapshot.alarms or graver):
            return None
        found = explain(snapshot, self._lang)
        cause = found.causes[0].name if found.causes else ""
        if kind == "changes" and not graver and cause in told.causes:
            return None
        told.failing = told.failing or failing
        told.causes.append(cause)
        return Message(kind, snapshot.step, snapshot.status, told.step, snapshot.alarms, found.paragraph)

    def _is_over(self, snapshot: Snapshot) -> bool:
        return not snapshot.incident and (self._told.whole or snapshot.status in _CALM)

    def _end(self, snapshot: Snapshot) -> Message:
        told, self._told = self._told, _Told()
        texts, status = ENDS[self._lang], snapshot.status
        form = texts[status if status in _CALM else "else"]
        named = {"subject": subject(snapshot, self._lang), "status": STATUS[self._lang][status]}
        parts = [form.format(step=snapshot.step, since=told.step, **named)]
        for signal, then in (("loss", told.loss), ("grad_norm", told.grad_norm)):
            now = _level(snapshot.window(signal)[-_NOW:])
            if now is not None and then is not None and _is_told(signal, now, then):
                parts.append(texts[signal].format(now=now, then=then))
        return Message("ends", snapshot.step, status, told.step, [], texts["join"].join(parts))


def _is_told(signal: str, now: float, then: float) -> bool:
    """Whether a level belongs into the message: that of the loss always, of the gradient where it is elsewhere."""
    low, high = _GRAD_BAND
    return signal == "loss" or not low * then <= now <= high * then


def _level(values: list[float]) -> float | None:
    known = [value for value in values if isfinite(value)]
    return median(known) if known else None
