"""Many keys a group: a bucket of streams is one pool, scored in one call and stored as the rows that it took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable

import numpy as np
from pyspark.sql.streaming.stateful_processor import StatefulProcessor

from anet_lite._internal.optional_import import need
from anet_lite._native import AnetError, AnetValueError, StreamDetectorPool
from anet_lite.integrations.spark.bucket_log import Bucket, ScoredRows, caught_up, chained, lag, restored
from anet_lite.integrations.spark.cache import CACHE
from anet_lite.integrations.spark.rows import BAD, LATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql.streaming.stateful_processor import StatefulProcessorHandle, TimerValues

    from anet_lite.integrations.spark.order import Order
    from anet_lite.integrations.spark.rows import Bad, Late

pd: Any = need("pandas", "spark")
Frame = Any
"""A DataFrame of pandas, whose types are known in part only."""

Columns = dict[str, Any]
"""The arrays of a frame, which cost less to sort and to add to."""

FORMAT = 1
"""Version of what is stored; a base has the format version of states beside."""

BATCHES_A_BASE = 90
"""Batches from one base to the next. A base takes up to 172 kB a stream, and RocksDB's snapshot the same again: up to
3.8 kB a batch, beside 1 kB for the rows of 60 samples. A restart scores up to as many batches again."""

STREAM_BYTES = 140_000
"""What a stream of a full history counts in the cache."""

OUTPUT: dict[str, Any] = {
    "score": float,
    "p_value": float,
    "held": bool,
    "expected": float,
    "channel": np.int32,
    "joint": bool,
}
"""What is returned of a row, as `DETECTOR_SCHEMA` has it."""


@dataclass(frozen=True)
class BucketJob:
    """What a processor needs to know, the same for all buckets of a query."""

    name: str
    buckets: int
    make: Callable[[str], StreamDetectorPool]
    order: Order
    on_late: Late
    on_bad: Bad
    cache_bytes: int


class ScoreBuckets(StatefulProcessor):
    """Scores the rows of each bucket with a pool of its own.

    State: ``head``, a value; ``base``, the pool every ``BATCHES_A_BASE`` batches, in pieces; ``log``, the rows of each
    batch since. Three calls store a batch, however many keys it has.
    """

    def __init__(self, job: BucketJob) -> None:
        self.job = job

    def init(self, handle: StatefulProcessorHandle) -> None:
        """Declare the state."""
        self.head: Any = handle.getValueState("head", "format int, parameters string, chain binary, batches int")
        self.base: Any = handle.getListState("base", "piece binary")
        self.log: Any = handle.getListState("log", "rows binary")

    def handleInputRows(  # noqa: N802
        self,
        key: Any,
        rows: Iterator[Any],
        timerValues: TimerValues,  # noqa: ARG002
    ) -> Iterator[Frame]:
        """Score the rows of a bucket and store them; nothing is stored where anything fails."""
        number = int(key[0])
        try:
            yield self._scored(number, pd.concat(list(rows), ignore_index=True))
        except AnetError as error:
            raise AnetValueError(f"bucket {number}: {error}") from error

    def _scored(self, number: int, frame: Frame) -> Frame:
        stored = self.head.get()
        bucket, chain, batches = self._bucket(number, stored)
        columns = self._sorted(bucket, {name: frame[name].to_numpy() for name in frame})
        fault, place = columns["fault"], columns.pop("place")
        scored = fault != BAD if self.job.on_late == "score" else fault == None  # noqa: E711 (each element)
        rows = ScoredRows(*(column[scored] for column in (columns["name"], place, columns["x"])))
        found = bucket.score(rows)
        for column, kind in OUTPUT.items():
            columns[column] = np.zeros(len(frame), kind)
            columns[column][scored] = getattr(found, column)
        if scored.any():
            chain, batches = self._store(bucket, rows, chain, batches)
        CACHE.put((self.job.name, number), bucket, chain, {0: STREAM_BYTES * len(bucket.places)}, self.job.cache_bytes)
        return pd.DataFrame({**columns, "scored": scored})

    def _bucket(self, number: int, stored: Any) -> tuple[Bucket, bytes, int]:
        """Return the bucket as it was after the last committed batch, its chain, and the batches since its base."""
        fresh = self.job.make(str(number))
        if stored is None:
            # A first base after 1 to 90 batches: not all buckets write theirs in the same one.
            return Bucket(fresh), b"", number % BATCHES_A_BASE
        form, parameters, chain, batches = stored[0], stored[1], bytes(stored[2]), stored[3]
        if form != FORMAT:
            raise AnetValueError(f"state has format {form} of buckets, this release reads {FORMAT}")
        if parameters != self._parameters(fresh):
            raise AnetValueError(f"state was saved by {parameters}, this query has {self._parameters(fresh)}")
        kept = CACHE.take_any((self.job.name, number))
        if kept is not None and kept.manifest == chain:
            return kept.scorer, chain, batches
        log = [bytes(entry) for (entry,) in self.log.get()]
        missed = None if kept is None else lag(kept.manifest, log, chain)
        if kept is not None and missed is not None:  # another worker took the last batches
            return caught_up(kept.scorer, log[-missed:]), chain, batches
        return restored(fresh, [bytes(piece) for (piece,) in self.base.get()], log, chain), chain, batches

    def _store(self, bucket: Bucket, rows: ScoredRows, chain: bytes, batches: int) -> tuple[bytes, int]:
        if batches + 1 < BATCHES_A_BASE:
            entry = rows.to_bytes()
            self.log.appendValue((entry,))
            chain, batches = chained(chain, entry), batches + 1
        else:
            pieces = bucket.base()
            self.base.put([(piece,) for piece in pieces])
            self.log.clear()
            chain, batches = chained(b"", b"".join(pieces)), 0
        self.head.update((FORMAT, self._parameters(self.job.make("")), chain, batches))
        return chain, batches

    def _parameters(self, fresh: StreamDetectorPool) -> str:
        """Name what must not change while the state lives: with another number of buckets keys would move."""
        return f"{fresh!r} in {self.job.buckets} buckets"

    def _sorted(self, bucket: Bucket, columns: Columns) -> Columns:
        """Sort by stream and order, rows of one order by the bits of their values; name the fault of each row."""
        job, name, placed = self.job, columns["name"], columns.pop("placed").astype(bool)
        place = np.where(placed, job.order.integers(columns["order"]), 0)
        codes = bucket.codes(name)
        values = columns["x"].astype(float)
        last, seen = bucket.last_orders()
        late = placed & seen[codes] & (place < last[codes])
        if job.on_late == "raise" and late.any():
            self._refuse(name[late], columns["order"][late])
        if job.on_bad == "raise" and not placed.all():
            raise AnetValueError(f"key {shown(name[np.argmin(placed)])}: order_by must not be null or NaN")
        fault: Any = np.full(len(name), None, object)
        fault[late], fault[~placed] = LATE, BAD
        rows = np.lexsort([values.view(np.int64), place, codes])
        return {column: array[rows] for column, array in {**columns, "place": place, "fault": fault}.items()}

    def _refuse(self, names: Any, orders: Any) -> None:
        name, order = min(zip(names.tolist(), orders.tolist()))
        where = "an earlier batch went past it, so the source does not keep the order of a key"
        at = f"key {shown(name)} at {self.job.order.text(order)}"
        raise AnetValueError(f'{at}: {where}; on_late="drop", "score" or "mark" lets such rows pass')

    def close(self) -> None:
        """Nothing is left open."""


def shown(name: str) -> str:
    """Return a key as an error shows it: names of streams begin with a letter that tells null from text."""
    return "null" if name == "n" else repr(name[1:])
