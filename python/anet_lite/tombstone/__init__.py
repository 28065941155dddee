"""Tombstones: an append-only log of what was forgotten, rolled back or skipped, why, and on whose word.

``fields`` makes what a caller gives fit for JSON, ``canonical`` is its one spelling, and ``chain`` links records by
their hashes. ``log_file`` appends them to the ``disk`` for ``log``, the public writer; ``verify`` checks a log.
"""

from anet_lite.tombstone.log import TombstoneLog
from anet_lite.tombstone.verify import Verification, verify

__all__ = ["TombstoneLog", "Verification", "verify"]
