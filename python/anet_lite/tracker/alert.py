"""A message to a person, as trackers send it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anet_lite._internal.one_line import one_line
from anet_lite.diagnosis.texts import STATUS
from anet_lite.tracker.texts import TITLES

if TYPE_CHECKING:
    from anet_lite import Alarm, StreamAlarm
    from anet_lite.diagnosis import Message


@dataclass(frozen=True)
class Alert:
    """A message to a person.

    Example:
        >>> from anet_lite import Monitor
        >>> from anet_lite.tracker import Cooldown
        >>> alert = Cooldown().alert(Monitor().update(loss=float("nan"), step=7))
        >>> alert.kind, alert.severity, alert.since, alert.key == f"{alert.incident}-0"
        ('opens', 'critical', 7, True)

    """

    title: str
    """At most 63 characters."""
    text: str
    """What happened, in words."""
    kind: str
    """``opens``, ``changes`` or ``ends``, of an incident, a stall or an alarm of a stream; else ``remark``."""
    status: str
    """The run's status; of a stream ``alarm`` or ``over``."""
    alarms: list[Alarm] | list[StreamAlarm]
    """The alarms of the step, none where the incident ends; of a stream, the alarm."""
    incident: str = ""
    """Names the incident, or the alarm of a stream: the same in all its messages, and in no other's anywhere."""
    number: int = 0
    """Messages of the incident that came before this one."""
    since: int = 0
    """The step, or the row of the stream, in which it began."""

    @property
    def key(self) -> str:
        """Names this message: who gets a key twice has got one message twice."""
        return f"{self.incident}-{self.number}"

    @property
    def severity(self) -> str:
        """How grave it is: ``critical`` where a run is failing, ``info`` where something is over, else ``warning``."""
        if self.kind == "ends":
            return "info"
        return "critical" if self.status == "failing" else "warning"


def title_of(message: Message, lang: str) -> str:
    """Return the title of a message of a run."""
    texts = TITLES[lang]
    rules = texts["list"].join(alarm.rule for alarm in message.alarms)
    form = texts["over"] if message.kind == "ends" else texts["fires" if rules else "grows"]
    status = message.status if lang == "en" else STATUS[lang][message.status]
    what = form.format(status=status, rules=rules, since=message.since)
    return short_title(texts["step"].format(step=message.step, what=what))


def title_of_stream(alarm: StreamAlarm, lang: str) -> str:
    """Return the title of an alarm of a stream."""
    texts, over = TITLES[lang], alarm.end is not None
    row, seconds = (alarm.end, alarm.end_time) if over else (alarm.start, alarm.start_time)
    when = texts["row"].format(row=row) if seconds is None else alarm.when(over)
    what = texts["ended" if over else "alarm"]
    return short_title(one_line(texts["stream"].format(name=alarm.name, when=when, what=what).strip()))


def short_title(title: str, most: int = 63) -> str:
    """Return a title that every service takes whole."""
    return title if len(title) <= most else title[: most - 1] + "…"
