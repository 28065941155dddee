"""The check beside reading its files, and beside the same sums in NumPy: in turns, the best of each."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Callable

import numpy as np

from anet_lite import merge as anet_merge

if TYPE_CHECKING:
    from collections.abc import Iterator

SIDES = (8192, 4096)
TURNS = 5
BUFFER = 1 << 18


def read(paths: list[str]) -> None:
    """Read files to their ends."""
    buffer = bytearray(BUFFER)
    for path in paths:
        with open(path, "rb", buffering=0) as file:
            while file.readinto(buffer):
                pass


def with_numpy(paths: list[str], dtype: str) -> tuple[float, ...]:
    """Add up what the check adds up, as one would write it, in blocks that fit the cache."""
    maps = [np.memmap(path, dtype, "r", offset=_start(path)) for path in paths]
    sums = np.zeros(8)
    for start in range(0, maps[0].size, BUFFER):
        a, b, o = (each[start : start + BUFFER].astype(np.float32) for each in maps)
        t, u = a - o, b - o
        sums += [a @ a, b @ b, o @ o, a @ b, t @ t, u @ u, t @ u, (a - b) @ (a - b)]
    return tuple(sums)


def _start(path: str) -> int:
    with open(path, "rb") as file:
        return 8 + int.from_bytes(file.read(8), "little")


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def table() -> Iterator[str]:
    """Yield the table: gigabytes a second of two models and their base, out of the page cache."""
    yield "| numbers | reading alone, one core | the check | over reading | a NumPy pass | over it |"
    yield "|---|---|---|---|---|---|"
    for dtype in ("float16", "float32"):
        reading, check, numpy = rates(dtype)
        yield (f"| {dtype} | {reading:.1f} | {check:.1f} | {check / reading:.2f} | {numpy:.2f} | {check / numpy:.1f} |")


def rates(dtype: str) -> list[float]:
    """Return gigabytes a second of reading, of the check and of NumPy."""
    random = np.random.default_rng(0)
    base = random.standard_normal(SIDES, np.float32)
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder) / name) for name in "abo"]
        for path in paths:
            anet_merge.save(path, {"w": (base + 0.1 * random.standard_normal(SIDES, np.float32)).astype(dtype)})
        contenders: list[Callable[[], object]] = [
            lambda: read(paths),
            lambda: anet_merge.compare(paths[:2], paths[2]),
            lambda: with_numpy(paths, dtype),
        ]
        turns = [[seconds(contender) for contender in contenders] for _ in range(TURNS)]
    size = 3 * base.size * np.dtype(dtype).itemsize / 1e9
    return [size / min(times) for times in zip(*turns)]
