"""Files of a run, whoever wrote them, as columns: records, CSV, JSON lines, Trainer states, TensorBoard, Parquet.

``open_source`` tells the form, ``columns.guess`` which column is which signal, ``Source.read`` reads those.
"""

from __future__ import annotations

from anet_lite.source.columns import SIGNALS, guess
from anet_lite.source.open import open_source
from anet_lite.source.table import Source, Table

__all__ = ["SIGNALS", "Source", "Table", "guess", "open_source"]
