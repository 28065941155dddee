"""Runs that Weights & Biases wrote to disk: a log of records as LevelDB writes it, each a message of protobuf.

The formats are those of LevelDB's log_format.md and of wandb_internal.proto.
"""

from __future__ import annotations

import json
import os
import struct
from typing import TYPE_CHECKING, Any

from anet_lite._native import AnetValueError
from anet_lite.reader.ending import ending_of
from anet_lite.reader.forms.decoded import bytes_of, text_of
from anet_lite.reader.forms.memory import RowsInMemory, flat
from anet_lite.reader.forms.runs.protobuf import fields, inner
from anet_lite.reader.printed import printed_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.reader.ending import Ending

MARK = b":W&B"
_BLOCK, _HEAD = 32768, 7
_FULL, _FIRST, _LAST = 1, 2, 4
_HISTORY, _ITEM, _STEP, _KEY, _NESTED, _JSON = 2, 1, 2, 1, 2, 16
"""Numbers of the fields, from the record inward."""
_LONGEST = 200
_LOG = os.path.join("files", "output.log")


class WandbFile(RowsInMemory):
    """What a run logged, a row for each step; and why it ended, where its console says so."""

    def __init__(self, path: str, told: str = "") -> None:
        data = bytes_of(path)
        rows, torn = list[dict[str, Any]](), False
        try:
            for record in _records(data):
                rows += map(_row, inner(record, _HISTORY))
        except (ValueError, struct.error):
            torn = True
        if not rows:
            raise AnetValueError(f"{path} is a run of Weights & Biases that logged nothing")
        self.ending: Ending | None = _ending(os.path.join(os.path.dirname(path), _LOG))
        super().__init__("a run of Weights & Biases" + told + (", cut off or damaged" if torn else ""), rows)


def _records(data: bytes) -> Iterator[memoryview]:
    """Yield the records of a log; one that does not fit into a block comes in parts."""
    if not data.startswith(MARK):
        raise ValueError("no log of Weights & Biases")
    at, parts = _HEAD, list[bytes]()
    while at + _HEAD <= len(data):
        left = _BLOCK - at % _BLOCK
        if left < _HEAD:
            at += left
            continue
        _, length, kind = struct.unpack_from("<IHB", data, at)
        if at + _HEAD + length > len(data) or not _FULL <= kind <= _LAST:
            raise ValueError("a record that is cut off")
        part = data[at + _HEAD : at + _HEAD + length]
        at += _HEAD + length
        parts = [part] if kind in (_FULL, _FIRST) else [*parts, part]
        if kind in (_FULL, _LAST):
            yield memoryview(b"".join(parts))


def _row(history: memoryview) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for item in inner(history, _ITEM):
        name, value = _item(item)
        row |= flat({name: value})
    for step in inner(history, _STEP):
        row.setdefault("_step", next((value for number, value in fields(step) if number == 1), 0))
    return {name: value for name, value in row.items() if _is_short(value)}


def _is_short(value: object) -> bool:
    """Return whether a value is a number or a name, none of the tables and texts that a run may log."""
    return isinstance(value, (int, float)) or (isinstance(value, str) and len(value) <= _LONGEST)


def _item(item: memoryview) -> tuple[str, Any]:
    keys, text = list[str](), "null"
    for number, value in fields(item):
        if isinstance(value, memoryview):
            said = bytes(value).decode(errors="replace")
            keys += [said] if number in (_KEY, _NESTED) and said else []
            text = said if number == _JSON else text
    try:
        return "/".join(keys), json.loads(text)
    except (ValueError, RecursionError):
        return "/".join(keys), None


def _ending(path: str) -> Ending | None:
    """Return why the run ended, as its console says."""
    if not os.path.exists(path):
        return None
    return ending_of(printed_lines(text_of(bytes_of(path))[0]))
