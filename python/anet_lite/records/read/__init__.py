"""Files of a run, whoever wrote them, as columns: records, CSV, JSON lines, Trainer states, TensorBoard, Parquet.

``open_source`` finds the form, ``guess`` which column is which signal, ``named_columns`` which are named ones,
``Source.read`` reads those. ``rows`` gives the rows of a file of lines one after another, ``follow`` reads on while the
file grows.
"""

from __future__ import annotations

from anet_lite.records.read.guess_columns import INPUTS, guess
from anet_lite.records.read.named_columns import evaluation_losses, moved_up, named_columns, with_values
from anet_lite.records.read.open import open_source
from anet_lite.records.read.table import Source, Table

__all__ = [
    "INPUTS",
    "Source",
    "Table",
    "evaluation_losses",
    "guess",
    "moved_up",
    "named_columns",
    "open_source",
    "with_values",
]
