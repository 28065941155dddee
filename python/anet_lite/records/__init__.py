"""Records: one line a snapshot, in a file that pandas, polars and DuckDB read as it is.

``recorder`` writes. ``file_columns`` says what a file holds, ``line_file`` keeps its lines whole, ``to_parquet`` turns
them into row groups. Records for a board stand in a ``spool``, from which ``sender`` posts them to a ``board_address``.
``read`` is the way back, for records and for the files of other programs.
"""

from anet_lite.records.recorder import Recorder

__all__ = ["Recorder"]
