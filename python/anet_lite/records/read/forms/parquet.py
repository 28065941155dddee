"""Parquet, through pyarrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.records.read.table import Table, changes, of_rows

if TYPE_CHECKING:
    from anet_lite.records.read.table import Progress


class ParquetFile:
    """A file of row groups."""

    form = "Parquet"

    def __init__(self, path: str) -> None:
        self.path = path
        self.names: list[str] = need("pyarrow.parquet", "records").read_schema(path).names

    def read(self, numbers: list[str], texts: list[str], progress: Progress) -> Table:
        """Read some of its columns."""
        import numpy as np

        parquet = need("pyarrow.parquet", "records")
        present = [name for name in (*numbers, *texts) if name in self.names]
        read: Any = parquet.read_table(self.path, columns=present)
        table = of_rows([{}] * read.num_rows, numbers, texts)
        for name in numbers:
            if name in present:
                column = read.column(name)
                given = ~np.asarray(column.is_null())
                table.numbers[name] = np.asarray(column.fill_null(0)).astype(float), given
        for name in texts:
            if name in present:
                table.texts[name] = changes([text or "" for text in read.column(name).to_pylist()])
        progress(1.0)
        return table
