"""Columns of Arrow as a table of ours has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.reader.number import number_of
from anet_lite.reader.seconds import seconds_of
from anet_lite.reader.table import Keys, changes, keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy import float64
    from numpy.typing import NDArray

    from anet_lite.reader.table import Column


def flat_names(schema: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the name and type of each column; one within another has its path as a name."""
    types = need("pyarrow.types", "records")
    for field in schema:
        if types.is_struct(field.type):
            yield from flat_names(field.type, f"{before}{field.name}/")
        else:
            yield before + field.name, field.type


def kind_of_type(kind: Any) -> str:
    """Return what a column of a type holds, in the words of ``kinds``."""
    types = need("pyarrow.types", "records")
    if types.is_timestamp(kind) or types.is_date(kind):
        return "time"
    if types.is_dictionary(kind) or types.is_string(kind) or types.is_large_string(kind):
        return "key"
    if types.is_boolean(kind):
        return "flag"
    is_number = types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind)
    return "number" if is_number else "text"


def column_of(batch: Any, name: str) -> Any:
    """Return a column by its name or path; None where there is none."""
    if name in batch.schema.names:
        return batch.column(batch.schema.names.index(name))
    root, _, rest = name.partition("/")
    if root not in batch.schema.names:
        return None
    column = batch.column(batch.schema.names.index(root))
    for part in rest.split("/") if rest else []:
        column = need("pyarrow.compute", "records").struct_field(column, part)
    return column


def numbers_of(column: Any, rows: int) -> Column:
    """Return the values of a column, and which rows give one."""
    import numpy as np

    types = need("pyarrow.types", "records")
    if column is None:
        return np.zeros(rows), np.zeros(rows, dtype=bool)
    if types.is_integer(column.type) or types.is_floating(column.type) or types.is_boolean(column.type):
        given = np.asarray(column.is_valid())
        return np.asarray(column.fill_null(False if types.is_boolean(column.type) else 0)).astype(float), given
    cells = [number_of(cell) for cell in column.to_pylist()]
    given = np.array([cell is not None for cell in cells], dtype=bool)
    return np.array([0.0 if cell is None else cell for cell in cells], dtype=float), given


def times_of(column: Any, rows: int) -> NDArray[float64]:
    """Return the seconds since 1970 of a column; NaN where a row has none."""
    import numpy as np

    if column is None:
        return np.full(rows, np.nan)
    if need("pyarrow.types", "records").is_timestamp(column.type):
        whole = np.asarray(
            column.cast(
                "timestamp[ns]" if column.type.tz is None else f"timestamp[ns, tz={column.type.tz}]", safe=False
            )
        )
        ticks = whole.astype("datetime64[ns]").astype(np.int64)
        return np.where(np.asarray(column.is_valid()), ticks / 1e9, np.nan)
    return np.array([seconds_of(_moment(cell)) for cell in column.to_pylist()], dtype=float)


def texts_of(column: Any) -> list[tuple[int, str]]:
    """Return the rows in which a text is another than before."""
    return [] if column is None else changes([str(cell or "") for cell in column.to_pylist()])


def keys_of(column: Any, rows: int) -> Keys:
    """Return a column of names, as numbers of labels."""
    return keys([""] * rows if column is None else ["" if cell is None else str(cell) for cell in column.to_pylist()])


def _moment(cell: object) -> object:
    return cell.isoformat() if hasattr(cell, "isoformat") else cell  # type: ignore[union-attr]
