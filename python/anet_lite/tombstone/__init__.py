"""Tombstones: an append-only log of what was forgotten, rolled back or skipped, why, and on whose word.

``canonical`` is the one spelling of a record, ``chain`` links records by their hashes, ``disk`` keeps them. ``log`` is
the writer, ``verify`` the check of a log.
"""

from anet_lite.tombstone.log import TombstoneLog
from anet_lite.tombstone.verify import Verification, verify

__all__ = ["TombstoneLog", "Verification", "verify"]
