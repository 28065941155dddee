"""Records: one line a snapshot, in a file that pandas, polars and DuckDB read as it is."""

from anet_lite.record.recorder import Recorder

__all__ = ["Recorder"]
