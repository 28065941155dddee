"""From the samples of one or many named streams to alarms that begin and end, each with an explanation.

Rows come with times or without: a ``grid`` makes regular samples of them, where missing rows are missing samples and
doubled or late ones are told; ``bins`` makes fewer of them. A ``series`` scores its samples and explains its
``alarm``; ``alarms`` keeps all series, and what is strangest where nothing rings. ``duration`` and ``budget`` read
what a user writes: ``5m``, ``1/day``; a ``span`` is one in samples or in time. ``rule`` is how streams are judged,
``held_back`` counts what their habits keep quiet, ``young`` says of which too little is known. ``whole`` is for series
that are over, ``together`` for how they go together, and ``summary`` says what came of them.
"""

from anet_lite.stream.alarm import StreamAlarm
from anet_lite.stream.alarms import StreamAlarms
from anet_lite.stream.budget import threshold_of
from anet_lite.stream.duration import seconds_of
from anet_lite.stream.stream import Scores
from anet_lite.stream.summary import summary, unjudged
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
    "summary",
    "threshold_of",
    "unjudged",
]
