"""The stored form of a bucket: a base, a log of the rows since, and a chain of hashes that proves them whole.

Scoring is deterministic to the bit, so the rows are the state: they take a fraction of the pages that they change. A
pool that is not in memory is read from the base, and takes the rows of the log once more.
"""

from __future__ import annotations

from functools import reduce
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from anet_lite._internal.optional_import import need
from anet_lite._native import AnetValueError, StreamDetectorPool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

pa: Any = need("pyarrow", "spark")
pd: Any = need("pandas", "spark")

CHUNK = 1 << 20
"""The most bytes of a piece of a base: state stores dislike large values."""


class ScoredRows(NamedTuple):
    """Rows in the sequence in which they were scored: the name of each stream, the order and the sample."""

    names: Any
    order: NDArray[np.int64]
    values: NDArray[np.float64]

    def to_bytes(self) -> bytes:
        """Return a compressed Arrow stream; a name that occurs often is written once."""
        names = pa.array(self.names, pa.string()).dictionary_encode()
        batch = pa.record_batch([names, pa.array(self.order), pa.array(self.values)], ["name", "order", "value"])
        out = pa.BufferOutputStream()
        with pa.ipc.new_stream(out, batch.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
            writer.write_batch(batch)
        return out.getvalue().to_pybytes()

    @classmethod
    def from_bytes(cls, entry: bytes) -> ScoredRows:
        """Read them back."""
        name, order, value = pa.ipc.open_stream(entry).read_all().columns
        return cls(name.to_numpy(), order.to_numpy(), value.to_numpy())


class Bucket:
    """A pool of the streams of a bucket, and the place of each by its name."""

    def __init__(self, pool: StreamDetectorPool) -> None:
        pool.threads = 1  # the tasks of Spark share the cores already
        self.pool: StreamDetectorPool = pool
        self.places: dict[str, int] = {name: place for place, name in enumerate(pool.names)}

    def codes(self, names: Any) -> NDArray[np.int64]:
        """Return the place of each name; streams that are new are added, in the order of their names."""
        codes, unique = pd.factorize(names)
        new = sorted(name for name in unique if name not in self.places)
        if new:
            self.pool.add(new)
            self.places.update((name, len(self.places)) for name in new)
        return np.array([self.places[name] for name in unique], np.int64)[codes]

    def last_orders(self) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the highest order of each stream, and whether it has one."""
        orders = self.pool.last_orders
        return np.array([order or 0 for order in orders], np.int64), np.array([o is not None for o in orders], bool)

    def score(self, rows: ScoredRows) -> Any:
        """Take rows."""
        return self.pool.score(self.codes(rows.names), rows.values, rows.order, parts=False)

    def base(self) -> list[bytes]:
        """Return the whole state, compressed, in pieces."""
        state = self.pool.to_bytes()
        packed = len(state).to_bytes(8, "little") + pa.compress(state, codec="lz4", asbytes=True)
        return [packed[start : start + CHUNK] for start in range(0, len(packed), CHUNK)]


def chained(chain: bytes, entry: bytes) -> bytes:
    """Return the hash of an entry and of all before it."""
    return blake2b(chain + entry, digest_size=16).digest()


MOST_LAG = 30
"""The most entries that are tried: each is hashed once for every older one."""


def lag(old: bytes, log: Sequence[bytes], chain: bytes) -> int | None:
    """Return how many of the last entries of a log lead from an older chain to this one, None where none do."""
    tried = range(1, min(len(log), MOST_LAG) + 1)
    return next((n for n in tried if reduce(chained, log[-n:], old) == chain), None)


def restored(fresh: StreamDetectorPool, base: Sequence[bytes], log: Sequence[bytes], chain: bytes) -> Bucket:
    """Return the bucket that was stored.

    Raises:
        AnetValueError: The base and the log are not those of this chain.

    """
    packed, found = b"".join(base), b""
    for entry in [packed, *log] if packed else log:
        found = chained(found, entry)
    if found != chain:
        raise AnetValueError(f"the log has {len(log)} entries, and not those that were written")
    pool = fresh
    if packed:
        size = int.from_bytes(packed[:8], "little")
        pool = StreamDetectorPool.from_bytes(pa.decompress(packed[8:], size, codec="lz4", asbytes=True))
    return caught_up(Bucket(pool), log)


def caught_up(bucket: Bucket, entries: Sequence[bytes]) -> Bucket:
    """Score the rows of some entries once more."""
    for entry in entries:
        bucket.score(ScoredRows.from_bytes(entry))
    return bucket
