"""Files of a run or a stream, whoever wrote them, as columns: records, CSV, JSON lines, Trainer states, TensorBoard.

``open_source`` finds the form, ``columns`` what its columns are: ``guess`` and ``named_columns`` those of signals;
``whole`` reads those at once, ``Source.pieces`` piece by piece. ``rows`` gives the rows of a file of lines one after
another, ``follow`` reads on while the file grows.
"""

from __future__ import annotations

from anet_lite.reader.columns.guess import INPUTS, NoSignalError, guess
from anet_lite.reader.columns.named import evaluation_losses, moved_up, named_columns, with_values
from anet_lite.reader.open import open_source
from anet_lite.reader.table import Source, Table, Wanted, whole

__all__ = [
    "INPUTS",
    "NoSignalError",
    "Source",
    "Table",
    "Wanted",
    "evaluation_losses",
    "guess",
    "moved_up",
    "named_columns",
    "open_source",
    "whole",
    "with_values",
]
