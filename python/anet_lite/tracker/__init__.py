"""Trackers: a monitor's snapshots, and what is said of streams, written where a team already looks.

A tracker has three methods: ``log(seen)`` takes what ``Monitor.update`` returned, ``log(detection, "cpu")`` a sample of
a stream, ``log(alarm)`` an alarm of :class:`anet_lite.StreamAlarms`; ``flush()`` waits until all of it is written,
``close()`` flushes and lets go. None of them raises, and none but ``flush`` and ``close`` waits for a disk or a
network. The trackers themselves are in ``anet_lite.integrations``, one file a service; here is what they share.
"""

from anet_lite.tracker.alert import Alert
from anet_lite.tracker.batched import Batched
from anet_lite.tracker.cooldown import Cooldown
from anet_lite.tracker.protocol import Tracker
from anet_lite.tracker.row import Row, metrics
from anet_lite.tracker.several import Several

__all__ = ["Alert", "Batched", "Cooldown", "Row", "Several", "Tracker", "metrics"]
