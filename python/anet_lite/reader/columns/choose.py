"""Which columns of a file of metrics are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._internal.one_line import listed
from anet_lite._native import AnetValueError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.reader.columns.known import Known


def metric_columns(source: Known, chosen: Sequence[str], where: str) -> list[str]:
    r"""Return the columns of numbers to look at: the chosen ones, or the only one that is more than a count of rows.

    Raises:
        ValueError: A chosen one is not there, or several are as likely, or there is none.

    Example:
        >>> from anet_lite.reader.columns.choose import metric_columns
        >>> from anet_lite.reader.live import LiveReader
        >>> live = LiveReader()
        >>> _ = live.feed(b"id,host,load\n1,a,0.5\n2,b,0.7\n3,a,0.6\n")
        >>> metric_columns(live.known, [], "standard input")
        ['load']

    """
    missing = [name for name in chosen if name not in source.names]
    if missing:
        raise AnetValueError(f"{where} has no column {missing[0]!r}; its columns are {listed(source.names)}")
    if chosen:
        return list(chosen)
    numbers = [name for name in source.names if source.kinds.get(name) in ("number", "flag")]
    empty = _empty(source)
    for likely in ([name for name in numbers if name not in source.counters], numbers, empty):
        if len(likely) == 1:
            return likely
        if likely and likely is not empty:
            raise AnetValueError(
                f"{where} has several columns of numbers: {listed(likely)}; --column names those to look at, "
                f"for instance --column {likely[0]!r}"
            )
    columns = listed(source.names)
    raise AnetValueError(
        f"{where} has no column of numbers; its columns are {columns}. --column names one all the same"
    )


def _empty(source: Known) -> list[str]:
    """Return the columns that began without a value: one of them may hold numbers later."""
    return [name for name in source.names if source.kinds.get(name) == "empty"]
