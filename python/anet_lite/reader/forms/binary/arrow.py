"""Parquet, and Arrow's own files (Feather) and streams, through pyarrow: a piece at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from anet_lite._internal.optional_import import need
from anet_lite._native import AnetValueError
from anet_lite.reader.forms.binary.arrow_columns import column_of, flat_names, kind_of_type
from anet_lite.reader.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.reader.table import Progress, Wanted

PARQUET, ARROW, STREAM = b"PAR1", b"ARROW1", b"\xff\xff\xff\xff"
"""The first bytes of each."""


class _Batches:
    """A file of batches of columns; columns within columns have their path as a name."""

    form: str

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            self.kinds: dict[str, str] = {name: kind_of_type(kind) for name, kind in flat_names(self._schema())}
        except need("pyarrow", "records").ArrowException as error:
            raise AnetValueError(f"{path} is {self.form}, cut off or damaged: {str(error).splitlines()[0]}") from None
        self.names: list[str] = list(self.kinds)

    def pieces(self, wanted: Wanted, progress: Progress) -> Iterator[Table]:
        """Read some of its columns."""
        named = {name for each in (wanted.numbers, wanted.texts, wanted.keys, wanted.times) for name in each}
        roots = named | {name.split("/")[0] for name in named}
        names = [name for name in self._schema().names if name in roots] or self._schema().names[:1]
        for part, batch in self._batches(names):
            yield _table(batch, wanted)
            progress(part)

    def _schema(self) -> Any:
        raise NotImplementedError

    def _batches(self, columns: list[str]) -> Iterator[tuple[float, Any]]:
        raise NotImplementedError


class ParquetFile(_Batches):
    """A file of row groups."""

    form = "Parquet"

    def _schema(self) -> Any:
        return need("pyarrow.parquet", "records").read_schema(self.path)

    def _batches(self, columns: list[str]) -> Iterator[tuple[float, Any]]:
        file = need("pyarrow.parquet", "records").ParquetFile(self.path)
        rows, done = file.metadata.num_rows or 1, 0
        for batch in file.iter_batches(columns=columns):
            done += batch.num_rows
            yield done / rows, batch


class ArrowFile(_Batches):
    """A file of Arrow (Feather), or a stream of it."""

    form = "Arrow"

    def __init__(self, path: str, opened: Callable[[Any, Any], Any]) -> None:
        self._opened = opened
        super().__init__(path)

    def _reader(self) -> Any:
        arrow = need("pyarrow", "records")
        return self._opened(need("pyarrow.ipc", "records"), arrow.memory_map(self.path))

    def _schema(self) -> Any:
        return self._reader().schema

    def _batches(self, columns: list[str]) -> Iterator[tuple[float, Any]]:
        reader = self._reader()
        total = getattr(reader, "num_record_batches", 0)
        batches = (reader.get_batch(at) for at in range(total)) if total else reader
        for at, batch in enumerate(batches, 1):
            yield (at / total if total else 0.5), batch.select(columns)


def arrow_file(path: str, head: bytes) -> ArrowFile | ParquetFile | None:
    """Return a file as what its first bytes say that it is; None where they say nothing."""
    if head.startswith(PARQUET):
        return ParquetFile(path)
    if head.startswith(ARROW):
        return ArrowFile(path, lambda ipc, source: ipc.open_file(source))
    return ArrowFile(path, lambda ipc, source: ipc.open_stream(source)) if head.startswith(STREAM) else None


def _table(batch: Any, wanted: Wanted) -> Table:
    from anet_lite.reader.forms.binary.arrow_columns import keys_of, numbers_of, texts_of, times_of

    table = Table(batch.num_rows)
    table.numbers = {name: numbers_of(column_of(batch, name), batch.num_rows) for name in wanted.numbers}
    table.times = {name: times_of(column_of(batch, name), batch.num_rows) for name in wanted.times}
    table.texts = {name: texts_of(column_of(batch, name)) for name in wanted.texts}
    table.keys = {name: keys_of(column_of(batch, name), batch.num_rows) for name in wanted.keys}
    return table
