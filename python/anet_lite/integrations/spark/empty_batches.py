"""A warning where every input of a batch is null: what is left of a column after it was renamed at its source."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from pyspark.sql.streaming.listener import StreamingQueryListener

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
    from pyspark.sql.streaming.listener import (
        QueryIdleEvent,
        QueryProgressEvent,
        QueryStartedEvent,
        QueryTerminatedEvent,
    )

ROWS, EMPTY = "rows", "empty"
"""Names of counts in the progress of a query: rows of a batch, and those of which every input is null."""

_WATCHED: WeakSet[Any] = WeakSet()


def watch(spark: SparkSession) -> None:
    """Warn once for each query of this session in which a batch has no input at all.

    Spark Connect runs listeners on the server, where nobody reads a warning: there the counts have to be asked for.
    """
    if spark not in _WATCHED and hasattr(spark, "_jvm"):
        _WATCHED.add(spark)
        spark.streams.addListener(_Listener())


class _Listener(StreamingQueryListener):
    def __init__(self) -> None:
        self._told: set[Any] = set()

    def onQueryProgress(self, event: QueryProgressEvent) -> None:  # noqa: N802
        """Look at the counts of a batch."""
        progress = event.progress
        for output, row in progress.observedMetrics.items():
            counts = row.asDict()
            if 0 < counts.get(ROWS, 0) == counts.get(EMPTY) and (progress.runId, output) not in self._told:
                self._told.add((progress.runId, output))
                warnings.warn(
                    f"batch {progress.batchId} of query {progress.name or progress.id}: every input of its "
                    f"{counts[ROWS]} rows is null, and {output} scores them as gaps; was a column renamed at its source?",
                    stacklevel=2,
                )

    def onQueryStarted(self, event: QueryStartedEvent) -> None:  # noqa: N802
        """Nothing was read yet."""

    def onQueryIdle(self, event: QueryIdleEvent) -> None:  # noqa: N802
        """Nothing came."""

    def onQueryTerminated(self, event: QueryTerminatedEvent) -> None:  # noqa: N802
        """What was to be told was told."""
