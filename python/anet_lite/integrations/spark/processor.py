"""The scorer of one key: restored or found in the cache, fed in order, stored as the pages that changed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Callable

from pyspark.sql import Row
from pyspark.sql.streaming.stateful_processor import StatefulProcessor

from anet_lite._native import AnetError, AnetValueError
from anet_lite.integrations.spark.cache import CACHE
from anet_lite.integrations.spark.rows import Batch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql.streaming.stateful_processor import ExpiredTimerInfo, StatefulProcessorHandle, TimerValues

    from anet_lite.integrations.spark.order import Order
    from anet_lite.integrations.spark.output_column import OutputColumn, Scorer
    from anet_lite.integrations.spark.rows import Bad, Late

LAST_SEEN_BYTES = 8
"""Bytes after the manifest: when the key was last seen, in milliseconds since 1970."""


@dataclass(frozen=True)
class Job:
    """What a processor needs to know, the same for all keys of a query."""

    name: str
    columns: tuple[str, ...]
    make: Callable[[str], Scorer]
    output: OutputColumn
    order: Order
    on_late: Late
    on_bad: Bad
    idle_ms: int | None
    page_bytes: int
    cache_bytes: int


class ScoreKeys(StatefulProcessor):
    """Scores the rows of each key with a scorer of its own.

    State: ``manifest``, a value, and ``pages``, a map from the number of a page to its bytes. Both are binary and begin
    with the format version. Spark's own time to live would let the pages that did not change expire under those that
    did: an idle key is expired by a timer, one for each key, which is set again where the key was seen since.
    """

    def __init__(self, job: Job) -> None:
        self.job = job

    def init(self, handle: StatefulProcessorHandle) -> None:
        """Declare the state."""
        self.handle = handle
        self.manifests: Any = handle.getValueState("manifest", "manifest binary")
        self.pages: Any = handle.getMapState("pages", "number bigint", "page binary")

    def handleInputRows(self, key: Any, rows: Iterator[Any], timerValues: TimerValues) -> Iterator[Row]:  # noqa: N802
        """Score the rows of a key and store what they changed; nothing is stored where anything fails."""
        job, name = self.job, str(key[0])
        batch, made = Batch(name, list(rows), job.order, job.on_bad), Row(*job.columns)
        stored = self.manifests.get()
        scorer, sizes = self._scorer(name, None if stored is None else bytes(stored[0][:-LAST_SEEN_BYTES]))
        batch.apply_on_late(scorer.last_order, job.on_late)
        unscored = (made(*row, None, fault) for row, fault in batch.unscored)
        if not batch.rows:
            return unscored
        try:
            scores = job.output.score(scorer, batch.inputs, batch.order.tolist())
        except (AnetError, TypeError, ValueError) as error:
            raise AnetValueError(f"{batch.span}: {error}") from error
        self._store(name, scorer, sizes, timerValues.getCurrentProcessingTimeInMs())
        if stored is None and job.idle_ms is not None:
            self.handle.registerTimer(timerValues.getCurrentProcessingTimeInMs() + job.idle_ms)
        scored = zip(batch.rows, job.output.values(scores), batch.faults)
        return chain((made(*row, answer, fault) for row, answer, fault in scored), unscored)

    def _scorer(self, name: str, manifest: bytes | None) -> tuple[Scorer, dict[int, int]]:
        """Return the scorer as it was after the last committed batch, and the sizes of its stored pages."""
        kept = CACHE.take((self.job.name, name), manifest)
        if kept is not None:
            return kept.scorer, kept.pages
        scorer = self.job.make(name)
        if manifest is None:
            return scorer, {}
        pages = {number: bytes(page) for (number,), (page,) in self.pages.iterator()}
        try:
            scorer.restore(manifest, pages)
        except AnetError as error:
            advice = "end the query with the release and the parameters that it began with, or begin a new checkpoint"
            raise AnetValueError(f"key {name!r}: {error}; {advice}") from error
        return scorer, {number: len(page) for number, page in pages.items()}

    def _store(self, name: str, scorer: Scorer, sizes: dict[int, int], now: int) -> None:
        for number, page in scorer.changed_pages(self.job.page_bytes).items():
            if page:
                self.pages.updateValue((number,), (page,))
                sizes[number] = len(page)
            else:
                self.pages.removeKey((number,))
                del sizes[number]
        manifest = scorer.manifest()
        self.manifests.update((manifest + now.to_bytes(LAST_SEEN_BYTES, "little", signed=True),))
        CACHE.put((self.job.name, name), scorer, manifest, sizes, self.job.cache_bytes)

    def handleExpiredTimer(  # noqa: N802
        self,
        key: Any,
        timerValues: TimerValues,
        expiredTimerInfo: ExpiredTimerInfo,  # noqa: ARG002
    ) -> Iterator[Row]:
        """Forget a key that was idle for long enough; look again later at one that was not."""
        stored, idle = self.manifests.get(), self.job.idle_ms
        if stored is not None and idle is not None:
            due = int.from_bytes(stored[0][-LAST_SEEN_BYTES:], "little", signed=True) + idle
            if due > timerValues.getCurrentProcessingTimeInMs():
                self.handle.registerTimer(due)
            else:
                self.manifests.clear()
                self.pages.clear()
                CACHE.forget((self.job.name, str(key[0])))
        return iter(())

    def close(self) -> None:
        """Nothing is left open."""
