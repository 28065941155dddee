"""Tombstones: an append-only log of what was forgotten, rolled back or skipped, why, and on whose word."""

from anet_lite.tombstone.log import TombstoneLog
from anet_lite.tombstone.verify import Report, verify

__all__ = ["Report", "TombstoneLog", "verify"]
