"""A file or a stream as columns, in one call: ``anet_lite.read``."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from anet_lite._internal.frames import frames
from anet_lite._internal.one_line import listed
from anet_lite._native import AnetValueError
from anet_lite.reader.columns.known import known_of, remarks_of, zone_of
from anet_lite.reader.input import Readables, Stream, path_of, spooled, stream_of
from anet_lite.reader.live import every_column
from anet_lite.reader.open import open_source
from anet_lite.reader.table import Keys, Table, Wanted, whole
from anet_lite.reader.text.open_text import table_source
from anet_lite.reader.text.options import ReadOptions, missing_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy import datetime64, float64
    from numpy.typing import NDArray

    from anet_lite.reader.table import Source


_FARTHEST = 2**62
"""Microseconds from 1970 beyond which a time is none: 146,000 years."""


@dataclass
class ReadTable:
    """What was read of a file or a stream."""

    form: str
    """What it is, in one line, such as ``a table with semicolons, decimal commas``."""
    names: list[str]
    """The columns that were read, in their order."""
    kinds: dict[str, str]
    """What each holds: ``number``, ``flag``, ``time``, ``key`` (names that repeat), ``text`` or ``empty``."""
    numbers: dict[str, NDArray[float64]] = field(default_factory=dict[str, "NDArray[float64]"])
    """Columns of numbers, flags as 1 and 0, shape (n,); NaN where one is missing."""
    texts: dict[str, list[str]] = field(default_factory=dict[str, "list[str]"])
    """Columns of texts and of keys."""
    keys: dict[str, Keys] = field(default_factory=dict[str, Keys])
    """The same as numbers of labels."""
    times: dict[str, NDArray[datetime64]] = field(default_factory=dict[str, "NDArray[datetime64]"])
    """Columns of times, datetime64[us] in UTC, or as written where no zone is; NaT where one is missing."""
    time: NDArray[datetime64] | None = None
    """The first of them; None where there is none."""
    zone: int | None = None
    """Seconds that the zone of ``time`` is ahead of UTC; None where none is written."""
    remarks: list[str] = field(default_factory=list[str])
    """What was taken for what, and what could not be read, a sentence each."""

    def to_frame(self) -> Any:
        """Return a data frame with these columns.

        Returns:
            A ``DataFrame`` of pandas or of polars: of the one that the program has imported, else of the one that is
            installed.

        Raises:
            ImportError: Neither is installed.

        """
        columns: dict[str, Any] = {**self.numbers, **self.texts, **self.times}
        return frames("to_frame()").DataFrame({name: columns[name] for name in self.names})


def read(
    source: Readables,
    *,
    columns: Sequence[str] | None = None,
    time: str | None = None,
    key: str | Sequence[str] | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
    missing: Sequence[str | float] | None = None,
    header: bool | None = None,
) -> ReadTable:
    r"""Read a file of metrics or of a training run, in whatever form it is, as columns.

    Tables of text in any dialect, JSON, Parquet, trackers' files and text logs are recognised by their content. How it
    was taken is told in ``form`` and ``remarks``; every argument but the first overrides a guess.

    Args:
        source: A path, ``"-"`` for standard input, an open file, or bytes.
        columns: The columns to read; None for all.
        time: The column of the time.
        key: The column, or columns, that tell series apart.
        delimiter: What stands between cells: one sign; ``" "`` for any white space.
        decimal: ``"."`` or ``","``.
        encoding: Python's name of the encoding.
        missing: Words for a missing cell, beside the usual ones such as ``NA``; a number among them is missing too.
        header: Whether the first row holds the names.

    Returns:
        The columns. A number that is missing, cannot be read or is NaN is NaN.

    Raises:
        OSError: It cannot be read.
        ImportError: What reads it is not installed.
        TypeError: The source is none of these.
        ValueError: It is empty or nothing that is known, a column is not there, or an argument is none of those.

    Example:
        >>> import anet_lite
        >>> found = anet_lite.read(b"ts;load\n2024-01-01 00:00;1,5\n2024-01-01 00:05;-\n")
        >>> found.form, found.kinds
        ('a table with semicolons, decimal commas', {'ts': 'time', 'load': 'number'})
        >>> found.numbers["load"].tolist(), str(found.time[1]), found.remarks
        ([1.5, nan], '2024-01-01T00:05:00.000000', ["load: 1 '-' taken for missing"])

    """
    keys = (key,) if isinstance(key, str) else tuple(key or ())
    options = ReadOptions(
        delimiter=delimiter or "",
        decimal=decimal or "",
        encoding=encoding or "",
        missing=tuple(map(missing_word, missing or ())),
        header=header,
        time=time or "",
        keys=keys,
    )
    stream = stream_of(source)
    if stream is None:
        path = path_of(source)
        return _read(open_source(path, options), options, columns, path)
    return _of_stream(stream, options, columns)


def _of_stream(stream: Stream, options: ReadOptions, columns: Sequence[str] | None) -> ReadTable:
    if not stream.peek(1):
        raise AnetValueError(f"{stream.name} is empty")
    is_json = stream.peek(8).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))
    table = None if is_json else table_source(stream.name, options, stream)
    if table is not None:
        return _read(table, options, columns, stream.name)
    path = spooled(stream)
    try:
        return _read(open_source(path, options), options, columns, stream.name)
    except ValueError as error:
        raise AnetValueError(str(error).replace(path, stream.name)) from None
    finally:
        os.remove(path)


def _read(source: Source, options: ReadOptions, columns: Sequence[str] | None, where: str) -> ReadTable:
    kinds = known_of(source).kinds
    asked = [*(columns or ()), *filter(None, (options.time,)), *options.keys]
    unknown = [name for name in asked if name not in source.names]
    if unknown:
        raise AnetValueError(f"{where} has no column {unknown[0]!r}; its columns are {listed(source.names)}")
    names = list(dict.fromkeys(asked)) if columns is not None else source.names
    kinds = {name: _asked_kind(name, kinds.get(name, "number"), options) for name in source.names if name in names}
    wanted = every_column(kinds)
    # A column that began empty may hold either later.
    either = tuple(name for name, kind in kinds.items() if kind == "empty")
    wanted = Wanted(wanted.numbers, (), (*wanted.keys, *either), wanted.times)
    return _table(source, whole(source, wanted, lambda _: None), kinds, options)


def _asked_kind(name: str, kind: str, options: ReadOptions) -> str:
    if name == options.time:
        return "time"
    return "key" if name in options.keys else kind


def _table(source: Source, table: Table, kinds: dict[str, str], options: ReadOptions) -> ReadTable:
    import numpy as np

    numbers = {name: np.where(given, values, np.nan) for name, (values, given) in table.numbers.items()}
    texts: dict[str, list[str]] = {
        name: [column.labels[code] for code in column.codes.tolist()] for name, column in table.keys.items()
    }
    for name in [name for name, kind in kinds.items() if kind == "empty"]:
        is_text = np.isnan(numbers[name]).all() and any(texts[name])
        kinds[name] = "text" if is_text else "empty" if np.isnan(numbers[name]).all() else "number"
        del (numbers if is_text else texts)[name]
    moments = {name: _moments(seconds) for name, seconds in table.times.items()}
    time = options.time or next(iter(moments), "")
    return ReadTable(
        source.form, list(kinds), kinds, numbers, texts, {name: table.keys[name] for name in texts}, moments,
        moments.get(time), zone_of(source, time), remarks_of(source),
    )  # fmt: skip


def _moments(seconds: NDArray[float64]) -> NDArray[datetime64]:
    import numpy as np

    micros = seconds * 1e6
    unknown = ~(np.abs(micros) < _FARTHEST)
    if unknown.any():
        micros[unknown] = 0
    found = np.rint(micros, out=micros).astype("int64").view("datetime64[us]")
    found[unknown] = np.datetime64("NaT")
    return found
