"""From the samples of one or many named streams to alarms that begin and end, each with an explanation.

Rows come with times or without: a ``grid`` makes regular samples of them, where missing rows are missing samples and
doubled or late ones are told; ``bins`` makes fewer of them. A ``series`` scores its samples and explains its
``alarm``; ``alarms`` keeps all series, and what is strangest where nothing rings. ``duration`` and ``budget`` read
what a user writes: ``5m``, ``1/day``. ``whole`` is for series that are over.
"""

from anet_lite.stream.alarm import StreamAlarm
from anet_lite.stream.alarms import StreamAlarms
from anet_lite.stream.budget import threshold_of
from anet_lite.stream.duration import seconds_of
from anet_lite.stream.stream import Scores
from anet_lite.stream.whole import Found, Whole, judge_whole, of_series

__all__ = [
    "Found",
    "Scores",
    "StreamAlarm",
    "StreamAlarms",
    "Whole",
    "judge_whole",
    "of_series",
    "seconds_of",
    "threshold_of",
]
