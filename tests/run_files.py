"""Files that trackers of runs write, made byte by byte: as much of their formats as a reader must know."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BLOCK = 32768


def varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def field(number: int, value: int | bytes | str, wire: int = 2) -> bytes:
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | wire) + (varint(len(data)) if wire == 2 else b"") + data


def event(step: int, tag: str, value: float, *, as_tensor: bool = False) -> bytes:
    number = struct.pack("<f", value)
    scalar = field(8, field(1, 1) + field(5, number)) if as_tensor else field(2, number, 5)
    summary = field(5, field(1, field(1, tag) + scalar))
    return field(1, struct.pack("<d", 1.7e9 + step), 1) + field(2, step) + summary


def event_file(path: Path, events: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    first = field(1, struct.pack("<d", 1.7e9), 1) + field(3, "brain.Event:2")
    records = (struct.pack("<Q", len(each)) + bytes(4) + each + bytes(4) for each in [first, *events])
    path.write_bytes(b"".join(records))


def history(step: int, row: dict[str, object]) -> bytes:
    items = b"".join(field(1, field(2, name) + field(16, json.dumps(value))) for name, value in row.items())
    return field(1, step + 1) + field(2, items + field(2, field(1, step)))


def wandb_file(path: Path, records: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    out = bytearray(struct.pack("<4sHB", b":W&B", 0xBEE1, 0))
    for record in records:
        rest, kind = record, 0
        while rest or not kind:
            room = BLOCK - len(out) % BLOCK
            if room < 7:
                out += bytes(room)
                continue
            part, rest = rest[: room - 7], rest[room - 7 :]
            kind = (3 if rest else 4) if kind else (2 if rest else 1)
            out += struct.pack("<IHB", 0, len(part), kind) + part
    path.write_bytes(out)


def mlflow_run(folder: Path, metrics: dict[str, list[tuple[int, float, int]]]) -> None:
    for name, points in metrics.items():
        path = folder / "metrics" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{time} {value} {step}\n" for time, value, step in points))
    (folder / "meta.yaml").write_text("run_id: x\n")
