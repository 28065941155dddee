"""Parquet records: JSON lines become row groups when the recorder closes."""

from __future__ import annotations

import os
from itertools import chain
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite._native import decode_nonfinite

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 25
"""Bytes of JSON lines in a row group."""

_TYPES = {"number": "float64", "integer": "int64", "flag": "bool_", "text": "string"}


def columns(path: str) -> dict[str, str]:
    """Return the columns of a Parquet file, each with its kind."""
    parquet = need("pyarrow.parquet", "records")
    kinds = {"double": "number", "int64": "integer", "bool": "flag", "string": "text"}
    return {field.name: kinds.get(str(field.type), "") for field in parquet.read_schema(path)}


def convert(lines: str, path: str, kinds: list[tuple[str, str]]) -> None:
    """Make JSON lines the last row groups of a Parquet file, and remove them.

    The new file takes the place of the old one when it is whole and on the disk: whatever happens before, both old file
    and lines are there.

    Raises:
        OSError: A file cannot be written; nothing has changed.
        ValueError: The lines are not records of these kinds; nothing has changed.

    """
    pa = need("pyarrow", "records")
    parquet = need("pyarrow.parquet", "records")
    new = f"{path}.new"
    schema = pa.schema([(name, getattr(pa, _TYPES[kind])()) for name, kind in kinds])
    with open(new, "wb") as file:
        with parquet.ParquetWriter(file, schema) as writer:
            for table in chain(_old(path), _tables(lines, schema)):
                writer.write_table(table)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
    os.remove(lines)


def _old(path: str) -> Iterator[Any]:
    parquet = need("pyarrow.parquet", "records")
    if os.path.exists(path):
        with parquet.ParquetFile(path) as old:
            for group in range(old.num_row_groups):
                yield old.read_row_group(group)


def _tables(lines: str, schema: Any) -> Iterator[Any]:
    """Read the lines piece by piece, so that a long run fits into memory."""
    pa = need("pyarrow", "records")
    json = need("pyarrow.json", "records")
    options = json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
    with open(lines, "rb") as file:
        while piece := file.read(_CHUNK) + file.readline():
            table = json.read_json(pa.BufferReader(piece), parse_options=options)
            yield _with_nonfinite(table.select(schema.names))


def _with_nonfinite(table: Any) -> Any:
    """Put NaN and infinities back, as the last column names them."""
    pa = need("pyarrow", "records")
    found: dict[str, dict[int, float]] = {}
    for row, text in enumerate(table.column("nonfinite").to_pylist()):
        for name, value in decode_nonfinite(text):
            found.setdefault(name, {})[row] = value
    for name, values in found.items():
        at = table.schema.get_field_index(name)
        cells = table.column(at).to_pylist()
        for row, value in values.items():
            cells[row] = value
        table = table.set_column(at, table.schema.field(at), pa.array(cells, pa.float64()))
    return table
