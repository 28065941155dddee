"""Which alarms are worth a message: the same one gives no second message within a while."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable

from anet_lite.diagnosis import explain

if TYPE_CHECKING:
    from anet_lite import Alarm, Snapshot


@dataclass(frozen=True)
class Alert:
    """A message to a person."""

    title: str
    """At most 63 characters."""
    text: str
    """The alarms in words."""
    failing: bool
    """Whether the run is failing, or only suspect."""
    alarms: list[Alarm]
    """The alarms that are not in their cooldown."""


class Cooldown:
    """Lets an alarm through when its rule has given no message for a while.

    The monitor reports a rule once an incident; where incidents follow each other, a person wants one message.

    Args:
        seconds: Time after a message about a rule in which it gives no other.
        clock: Seconds from some beginning.

    Example:
        >>> from anet_lite import Monitor
        >>> from anet_lite.tracker import Cooldown
        >>> cooldown, snapshot = Cooldown(), Monitor().update(loss=float("nan"), step=7)
        >>> cooldown.alert(snapshot).title
        'step 7: failing, nonfinite'
        >>> cooldown.alert(snapshot) is None
        True

    """

    def __init__(self, seconds: float = 300.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._sent: dict[str, float] = {}

    def alert(self, snapshot: Snapshot) -> Alert | None:
        """Return the message that a snapshot is worth; None where there is no alarm, or none out of its cooldown."""
        if not snapshot.alarms:
            return None
        now = self._clock()
        fresh = [alarm for alarm in snapshot.alarms if now - self._sent.get(alarm.rule, -float("inf")) >= self.seconds]
        if not fresh:
            return None
        self._sent.update((alarm.rule, now) for alarm in fresh)
        title = f"step {snapshot.step}: {snapshot.status}, {', '.join(alarm.rule for alarm in fresh)}"
        return Alert(_short(title), str(explain(snapshot)), snapshot.status == "failing", fresh)


def _short(title: str, most: int = 63) -> str:
    return title if len(title) <= most else title[: most - 1] + "…"
