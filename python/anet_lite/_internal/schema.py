"""The names that a snapshot's numbers have, in the order of the columns of a record, as the core lists them."""

from anet_lite._native import METRICS, SIGNALS

__all__ = ["METRICS", "SIGNALS"]
