"""Parquet, through pyarrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.reader.table import changes, of_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.reader.table import Progress, Table, Wanted


class ParquetFile:
    """A file of row groups."""

    form = "Parquet"

    def __init__(self, path: str) -> None:
        self.path = path
        self.names: list[str] = need("pyarrow.parquet", "records").read_schema(path).names

    def pieces(self, wanted: Wanted, progress: Progress) -> Iterator[Table]:
        """Read some of its columns."""
        import numpy as np

        parquet = need("pyarrow.parquet", "records")
        present = [name for name in (*wanted.numbers, *wanted.texts) if name in self.names]
        read: Any = parquet.read_table(self.path, columns=present)
        table = of_rows([{}] * read.num_rows, wanted)
        for name in wanted.numbers:
            if name in present:
                column = read.column(name)
                given = ~np.asarray(column.is_null())
                table.numbers[name] = np.asarray(column.fill_null(0)).astype(float), given
        for name in wanted.texts:
            if name in present:
                table.texts[name] = changes([text or "" for text in read.column(name).to_pylist()])
        progress(1.0)
        yield table
