"""Which columns of a long table tell its streams apart: a time comes once for each of them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from anet_lite.reader.table import Wanted

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    from anet_lite.reader.table import Source

_LOOKED_AT = 2000
"""Rows."""
_AGAIN, _ONCE, _FEW = 0.7, 0.98, 3
"""Times are doubled where at most this part of them is different; with the keys nearly all must be; and each key
must come as many times at least."""
_MOST = 2
"""Columns that are tried together."""


def keys_of(source: Source, kinds: dict[str, str], counters: set[str], time: str) -> tuple[str, ...]:
    """Return the columns of names, such as host, with which each time comes once, where it comes again and again alone.

    Without a column of times any other column that repeats is tried in its place. A table that is none of these has no
    keys.
    """
    names = [name for name, kind in kinds.items() if kind in ("key", "text") and name != time]
    clocks = [time] if time else [*names, *counters]
    if not names:
        return ()
    wanted = Wanted(keys=tuple(dict.fromkeys([*names, *clocks])))
    first = next(iter(source.pieces(wanted, lambda _: None)), None)
    if first is None or not first.rows:
        return ()
    codes = {name: column.codes[:_LOOKED_AT] for name, column in first.keys.items()}
    for count in range(1, _MOST + 1):
        for clock in clocks:
            for keys in combinations([name for name in names if name != clock], count):
                if _tells_apart(codes[clock], [codes[key] for key in keys]):
                    return keys
    return ()


def _tells_apart(clock: NDArray[int64], keys: list[NDArray[int64]]) -> bool:
    import numpy as np

    rows, key = len(clock), np.unique(np.stack(keys), axis=1, return_inverse=True)[1].reshape(-1)
    streams, moments = int(key.max()) + 1, len(np.unique(clock))
    if streams < 2 or moments > _AGAIN * rows or streams * _FEW > rows:
        return False
    return len(np.unique(np.stack([clock, key]), axis=1).T) >= _ONCE * rows
