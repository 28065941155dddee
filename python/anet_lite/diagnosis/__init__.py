"""From the numbers of an alarm to its likely causes, in words.

``features`` finds what a snapshot shows, ``causes`` is the table of which feature counts for which cause, and ``rank``
orders the causes. ``paragraph`` words them with the ``texts`` of two languages, and ``explain`` puts all of it into an
``alarm_report``.
"""

from anet_lite.diagnosis.alarm_report import AlarmReport
from anet_lite.diagnosis.explain import explain
from anet_lite.diagnosis.rank import LikelyCause

__all__ = ["AlarmReport", "LikelyCause", "explain"]
