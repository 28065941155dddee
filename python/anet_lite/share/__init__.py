"""A record of a run that may be shown to strangers: the numbers that a monitor judges, and nothing that names anything.

``names`` finds names for columns that tell no more than what they measure, ``record`` writes the rows, and ``words``
says what was kept and what was left out, in English and Japanese.
"""

from anet_lite.share.record import Shared, share

__all__ = ["Shared", "share"]
