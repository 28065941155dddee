"""The check beside reading its files, and beside the same measures in NumPy: in turns, the best of each.

Seconds are those of all cores together, so that what else the machine does counts little.
"""

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


def with_numpy(paths: list[str], dtype: str) -> list[float]:
    """Measure what the check measures, as one would write it, in blocks of rows that fit the cache."""
    maps = [np.memmap(path, dtype, "r", offset=_start(path), shape=SIDES) for path in paths]
    rows, sums, cosines = BUFFER // SIDES[1], np.zeros(13), []
    for start in range(0, SIDES[0], rows):
        a, b, o = (each[start : start + rows].astype(np.float32) for each in maps)
        t, u, m = a - o, b - o, (a + b) / 2
        of_rows = [np.einsum("ij,ij->i", *pair) for pair in ((a, a), (b, b), (a, b))]
        cosines.append(of_rows[2] / np.sqrt(of_rows[0] * of_rows[1]))
        sums[:8] += [
            *map(np.sum, of_rows),
            np.vdot(o, o),
            np.vdot(t, t),
            np.vdot(u, u),
            np.vdot(t, u),
            np.vdot(m - o, m - o),
        ]
        sums[8:11] += [np.count_nonzero(t * u < 0), np.count_nonzero(t * u), ((m.astype(dtype) - m) ** 2).sum()]
        sums[11:] += [
            sum(np.count_nonzero(~np.isfinite(each)) for each in (a, b, o)),
            np.abs(a).max() + np.abs(b).max(),
        ]
    return [*sums, float(np.median(np.concatenate(cosines)))]


def _start(path: str) -> int:
    with open(path, "rb") as file:
        return 8 + int.from_bytes(file.read(8), "little")


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that work takes, its threads' and the system's."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def table() -> Iterator[str]:
    """Yield the table: gigabytes of two models and their base a second of processor time, out of the page cache."""
    yield "| numbers | reading alone | the check | over reading | the same in NumPy | over it |"
    yield "|---|---|---|---|---|---|"
    for dtype in ("float16", "float32"):
        reading, check, numpy = rates(dtype)
        yield (f"| {dtype} | {reading:.1f} | {check:.1f} | {check / reading:.2f} | {numpy:.2f} | {check / numpy:.1f} |")


def rates(dtype: str) -> list[float]:
    """Return gigabytes a second of processor time: of reading, of the check and of NumPy."""
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
