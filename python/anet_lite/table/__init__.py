"""A finished table of many streams, scored on one machine: Parquet in, Parquet out.

`scoring` has the function, `columns` makes arrays of the columns, and `writing` gives each part of the keys a
`StreamDetectorPool`, whose threads use every core, and writes what it says.
"""

from anet_lite.table.scoring import score_table

__all__ = ["score_table"]
