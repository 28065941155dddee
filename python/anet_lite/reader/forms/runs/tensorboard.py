"""TensorBoard's event files: records of protobuf, each with its length and a sum before and after.

The formats are those of TensorFlow's record_writer.h, event.proto, summary.proto and tensor.proto.
"""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING, BinaryIO

from anet_lite._native import AnetValueError
from anet_lite.reader.forms.memory import RowsInMemory
from anet_lite.reader.forms.runs.protobuf import fields, inner
from anet_lite.reader.printed import has_set

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "events.out.tfevents."
TIME = "wall_time"
_FLOATS = {5: "<f", 6: "<d"}
"""Fields of a tensor that hold its numbers, unless they are in its content."""
_TYPES = {1: "<f", 2: "<d"}


class EventFiles(RowsInMemory):
    """A folder with event files, or one such file: a row for each step, a column for each tag."""

    def __init__(self, path: str, told: str = "") -> None:
        rows: dict[int, dict[str, float]] = {}
        torn = 0
        for prefix, file in _files(path):
            with open(file, "rb") as opened:
                torn += _read(opened, prefix, rows)
        if not rows:
            raise AnetValueError(f"{path} holds no scalar of TensorBoard" + _torn(torn))
        form = "TensorBoard events" + told + _torn(torn)
        super().__init__(form, [{"step": float(step), **rows[step]} for step in sorted(rows)])


def is_event_file(name: str) -> bool:
    """Return whether a file has a name of event files."""
    return "tfevents" in name


def _torn(torn: int) -> str:
    return f", {torn} of the files cut off or damaged" if torn else ""


def _files(path: str) -> Iterator[tuple[str, str]]:
    """Yield the event files of a run, the oldest first, each with what stands before its tags."""
    if os.path.isfile(path):
        yield "", path
        return
    inside = sorted(entry.name for entry in os.scandir(path))
    for name in inside:
        if is_event_file(name) and os.path.isfile(os.path.join(path, name)):
            yield "", os.path.join(path, name)
    for name in inside:
        below = os.path.join(path, name)
        if os.path.isdir(below) and has_set(name):  # of the run itself, as Keras and add_scalars write them
            yield from (
                (f"{name}/", os.path.join(below, file)) for file in sorted(os.listdir(below)) if is_event_file(file)
            )


def _read(file: BinaryIO, prefix: str, rows: dict[int, dict[str, float]]) -> bool:
    """Take the scalars of a file in; return whether it is cut off or damaged."""
    left = os.fstat(file.fileno()).st_size
    while left >= 16:
        (length,) = struct.unpack("<Q", file.read(12)[:8])
        left -= length + 16
        if left < 0:
            return True
        event = memoryview(file.read(length))
        file.read(4)
        try:
            _event(event, prefix, rows)
        except (ValueError, struct.error):
            return True
    return left > 0


def _event(event: memoryview, prefix: str, rows: dict[int, dict[str, float]]) -> None:
    step, time, summaries = 0, 0.0, list[memoryview]()
    for number, value in fields(event):
        if number == 1 and not isinstance(value, int):
            (time,) = struct.unpack("<d", value)
        elif number == 2 and isinstance(value, int):
            step = value - (1 << 64) if value >> 63 else value
        elif number == 5 and not isinstance(value, int):
            summaries.append(value)
    for summary in summaries:
        for each in inner(summary, 1):
            tag, scalar = _scalar(each)
            if scalar is not None:
                rows.setdefault(step, {}).update({TIME: time, prefix + tag: scalar})


def _scalar(value: memoryview) -> tuple[str, float | None]:
    """Return the tag and the number of a value of a summary; None where it is no scalar."""
    tag, found = "", None
    for number, field in fields(value):
        if isinstance(field, int):
            continue
        if number == 1:
            tag = bytes(field).decode(errors="replace")
        elif number == 2:
            (found,) = struct.unpack("<f", field)
        elif number == 8:
            found = _tensor(field)
    return tag, found


def _tensor(tensor: memoryview) -> float | None:
    """Return the number of a tensor that holds one."""
    kind = next((value for number, value in fields(tensor) if number == 1 and isinstance(value, int)), 0)
    for number, value in fields(tensor):
        form = _FLOATS.get(number, _TYPES.get(kind) if number == 4 else None)
        if form and not isinstance(value, int) and len(value) == struct.calcsize(form):
            return float(struct.unpack(form, value)[0])
    return None
