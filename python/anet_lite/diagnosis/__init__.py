"""From the numbers of an alarm to its likely causes, in words; from snapshots to the few messages that are due.

``features`` finds what a snapshot shows, by the ``shapes`` of its newest values; ``causes`` is the table of which
feature counts for which cause, and ``rank`` orders them. ``paragraph`` words them, and the alarm's ``numbers``, with
the ``texts`` of two languages; ``explain`` puts all of it into an ``alarm_report``; ``stream`` words the alarms of
streams. ``incidents`` decides when a message is due, and ``conclusion`` says what a run has come to.
"""

from anet_lite.diagnosis.alarm_report import AlarmReport
from anet_lite.diagnosis.conclusion import conclusion, too_short
from anet_lite.diagnosis.explain import explain
from anet_lite.diagnosis.incidents import Incidents, Message
from anet_lite.diagnosis.rank import LikelyCause

__all__ = ["AlarmReport", "Incidents", "LikelyCause", "Message", "conclusion", "explain", "too_short"]
