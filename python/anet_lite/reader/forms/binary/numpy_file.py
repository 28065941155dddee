"""Arrays that NumPy saved: one, or several by name."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

from anet_lite._native import AnetValueError
from anet_lite.reader.table import Table, of_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from anet_lite.reader.table import Progress, Wanted

ARRAY = b"\x93NUMPY"
"""The first bytes of an array."""
ARCHIVE = b"PK\x03\x04"
"""The first bytes of several."""


class NumpyFile:
    """Arrays of one dimension as columns, of two as a column for each of theirs; all others are passed over."""

    form = "arrays of NumPy"

    def __init__(self, path: str) -> None:
        self._columns = dict(_columns(path))
        if not self._columns:
            raise AnetValueError(f"{path} holds no array of numbers or times with one or two dimensions")
        self.names: list[str] = list(self._columns)
        self.kinds: dict[str, str] = {
            name: "time" if array.dtype.kind == "M" else "number" for name, array in self._columns.items()
        }

    def pieces(self, wanted: Wanted, progress: Progress) -> Iterator[Table]:
        """Give some of its columns; shorter ones have no value in their last rows."""
        import numpy as np

        rows = max(map(len, self._columns.values()))
        table = of_rows([{}] * rows, wanted)
        for name in wanted.numbers:
            array = self._columns[name]
            padded = np.zeros(rows)
            padded[: len(array)] = array.astype(float)
            table.numbers[name] = padded, np.arange(rows) < len(array)
        for name in wanted.times:
            table.times[name] = _seconds(self._columns[name], rows)
        progress(1.0)
        yield table


def _columns(path: str) -> Iterator[tuple[str, NDArray[Any]]]:
    import numpy as np

    try:
        loaded: Any = np.load(path, allow_pickle=False)
        named: list[tuple[str, Any]] = [(name, loaded[name]) for name in getattr(loaded, "files", ())]
    except (ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise AnetValueError(f"{path} is no file of NumPy that can be read: {error}") from None
    for name, array in named or [("", loaded)]:
        if array.dtype.kind not in "biufM" or not 1 <= array.ndim <= 2 or not len(array):
            continue
        if array.ndim == 1:
            yield name or "value", array
        else:
            before = f"{name}/" if name else ""
            yield from ((f"{before}{at + 1}", array[:, at]) for at in range(array.shape[1]))


def _seconds(array: NDArray[Any], rows: int) -> NDArray[Any]:
    import numpy as np

    from anet_lite.reader.seconds import seconds_of

    found = np.full(rows, np.nan)
    if array.dtype.kind == "M":
        ticks = array.astype("datetime64[ns]")
        found[: len(array)] = np.where(np.isnat(ticks), np.nan, ticks.astype(np.int64) / 1e9)
    else:
        found[: len(array)] = [seconds_of(float(cell)) for cell in array]
    return found
