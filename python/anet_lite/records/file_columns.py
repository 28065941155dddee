"""The columns of a record file: what a value is, and what a file that exists has."""

from __future__ import annotations

import os
import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from anet_lite._internal.json_line import object_of
from anet_lite._internal.plain_text import plain_text
from anet_lite._native import AnetTypeError, AnetValueError, CsvRows, JsonRows, RecordLines
from anet_lite.reader.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_OURS = [name for name, _ in RecordLines("jsonl").columns]

_KEY = re.compile(rb'"(\w+)":')

_SHOWN = 200
"""Bytes of a line without end that an error shows."""

_LOOKED_AT = 10_000
"""Records from which the kinds of the user's columns are found."""


def kind_of(name: str, what: type[Any]) -> str:
    """Return the kind of column that holds values of a type.

    Raises:
        TypeError: No column holds such values.
        ValueError: No column can have the name: ``nonfinite`` names columns with ``;`` between them.

    """
    if any(sign in name for sign in ";\r\n") or plain_text(name) != name:
        raise AnetValueError(f"a column must have a name in UTF-8 without ; and line ends, got {plain_text(name)!r}")
    if issubclass(what, bool) or what.__name__ == "bool":  # NumPy's bool is no subclass of Python's.
        return "flag"
    if issubclass(what, str):
        return "text"
    if hasattr(what, "__float__"):
        return "number"
    raise AnetTypeError(f"{name} must be a number, a flag or a text, got {what.__name__}")


def of_file(path: str, lines: str, torn: bytes) -> dict[str, str] | None:
    """Return the user's columns in a file, each with its kind, "" where the file does not show it; None for a new file.

    Args:
        path: The file.
        lines: The file of lines that belongs to it: itself, or the JSON lines that Parquet is made of.
        torn: What stands behind the last newline of the lines.

    Raises:
        ValueError: It is not a file of records.

    """
    known = _of_lines(lines, torn) if os.path.getsize(lines) else None
    if path == lines or not os.path.exists(path):
        return known
    from anet_lite.records.to_parquet import columns

    of_parquet = columns(path)
    names = _users(path, list(of_parquet))
    if known is not None and list(known) != names:
        raise AnetValueError(f"path must be a file with the columns of {lines}, and {path} has others")
    return {name: of_parquet[name] for name in names}


def _of_lines(path: str, torn: bytes) -> dict[str, str] | None:
    is_csv = path.endswith(".csv")
    # A whole object that only lacks its newline is a record; another torn line is none yet.
    end = os.path.getsize(path) - (len(torn) if is_csv or object_of(torn) is None else 0)
    rows = _csv_rows(path, end) if is_csv else _json_rows(path, end)
    first = next(rows, None)
    if first is None:
        if _is_start_of_csv(torn) if is_csv else _is_start_of_json(torn):
            return None
        raise _other(path, torn[:_SHOWN].decode(errors="replace").split(",") if is_csv else [])
    kinds = dict.fromkeys(_users(path, first[0]), "")
    for names, values in islice(chain([first], rows), _LOOKED_AT):
        found = dict(zip(names, values))
        kinds = {name: kind or _kind(found.get(name)) for name, kind in kinds.items()}
        if all(kinds.values()):
            break
    return kinds


def _is_start_of_csv(torn: bytes) -> bool:
    """Whether a header of ours that was cut off can look so."""
    ours = ",".join(_OURS[:-1]).encode() + b","
    return bool(torn) and (ours.startswith(torn) or torn.startswith(ours))


def _is_start_of_json(torn: bytes) -> bool:
    """Whether a record of ours that was cut off can look so."""
    start = b'{"%s":' % _OURS[0].encode()
    is_started = start.startswith(torn) or torn.startswith(start)
    return bool(torn) and is_started and all(key.decode() == ours for key, ours in zip(_KEY.findall(torn), _OURS[:-1]))


def _csv_rows(path: str, end: int) -> Iterator[tuple[list[str], list[Any]]]:
    rows = rows_of(path, CsvRows(), end)
    names = next(rows, None)
    if names is None:
        return
    yield names, []
    for row in rows:
        yield names, [_read(cell) for cell in row]


def _json_rows(path: str, end: int) -> Iterator[tuple[list[str], list[Any]]]:
    for record in rows_of(path, JsonRows(), end):
        if record is None:
            raise AnetValueError(f"path must be a file of records, and a line of {path} is none")
        yield list(record.keys()), list(record.values())


def _users(path: str, names: list[str]) -> list[str]:
    """Return the names between ours."""
    if names[: len(_OURS) - 1] != _OURS[:-1] or names[-1:] != _OURS[-1:]:
        raise _other(path, names)
    return names[len(_OURS) - 1 : -1]


def _other(path: str, names: list[str]) -> AnetValueError:
    has = f"{path} has the columns {', '.join(names)}" if names else f"no line of {path} is one"
    return AnetValueError(f"path must be a file of records, and {has}")


def _read(cell: str) -> str | bool | float | None:
    """Return what a field of a CSV stands for; an empty one may be of any kind."""
    if cell in ("true", "false", ""):
        return {"true": True, "false": False, "": None}[cell]
    try:
        return float(cell)
    except ValueError:
        return cell


def _kind(value: object) -> str:
    return "" if value is None else kind_of("", type(value))
