"""MLflow's stores: a folder of small files for each run, or a database of SQLite."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from anet_lite._internal.one_line import listed
from anet_lite._native import AnetValueError
from anet_lite.reader.forms.memory import RowsInMemory
from anet_lite.reader.number import number_of
from anet_lite.reader.seconds import seconds_of

if TYPE_CHECKING:
    from collections.abc import Iterable

MARK = b"SQLite format 3\x00"
_TIME = "timestamp"
_RUNS = """
    select distinct runs.run_uuid, runs.name from metrics join runs using (run_uuid) order by runs.start_time
"""
_POINTS = "select key, step, timestamp, value, is_nan from metrics where run_uuid = ? order by key, timestamp"


class MlflowFolder(RowsInMemory):
    """The metrics of a run: a row for each step."""

    def __init__(self, run: str, told: str = "") -> None:
        metrics = os.path.join(run, "metrics")
        found: dict[str, list[tuple[float | None, float, float]]] = {}
        for folder, _, files in os.walk(metrics):
            for file in files:
                path = os.path.join(folder, file)
                found[os.path.relpath(path, metrics).replace(os.sep, "/")] = _points(path)
        super().__init__("a run of MLflow" + told, _rows(found))
        if not self.names:
            raise AnetValueError(f"{run} is a run of MLflow without a metric")


class MlflowDatabase(RowsInMemory):
    """The metrics of the newest run in a database, or of the one that is named behind its path."""

    def __init__(self, path: str, run: str = "") -> None:
        try:
            with closing(sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True)) as base:
                runs = base.execute(_RUNS).fetchall()
                chosen, name = _chosen(path, runs, run)
                points = base.execute(
                    _POINTS,
                    [chosen],
                ).fetchall()
        except sqlite3.Error as error:
            raise AnetValueError(f"{path} is a database of SQLite, but no store of MLflow: {error}") from None
        found: dict[str, list[tuple[float | None, float, float]]] = {}
        for key, step, time, value, is_nan in points:
            found.setdefault(key, []).append((step, seconds_of(time), float("nan") if is_nan else value))
        others = [f"{path}/{other}" for other, _ in reversed(runs) if other != chosen]
        told = f", run {name or chosen}" + (f", one of {len(runs)}; others: {listed(others[:3])}" if others else "")
        super().__init__("a database of MLflow" + told, _rows(found))


def _chosen(path: str, runs: list[tuple[str, str]], run: str) -> tuple[str, str]:
    named = [each for each in runs if run in each] if run else runs[-1:]
    if not named:
        have = (
            f"has no run {run!r}; its runs are {listed([each for each, _ in runs])}"
            if run
            else "has no run with a metric"
        )
        raise AnetValueError(f"{path} {have}")
    return named[-1]


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _points(path: str) -> list[tuple[float | None, float, float]]:
    """Return the lines of a metric: a time in milliseconds, a value and a step, which old ones lack."""
    points: list[tuple[float | None, float, float]] = []
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            cells = [number_of(cell) for cell in line.split()]
            if len(cells) > 1 and cells[1] is not None:
                points.append((cells[2] if len(cells) > 2 else None, seconds_of(cells[0]), cells[1]))
    return points


def _rows(found: dict[str, list[tuple[float | None, float, float]]]) -> list[dict[str, Any]]:
    """Return a row for each step; a metric whose steps all are the same counts its values."""
    rows: dict[float, dict[str, Any]] = {}
    for name, points in found.items():
        for step, time, value in _with_steps(points):
            rows.setdefault(step, {"step": step, _TIME: time})[name] = value
    return [rows[step] for step in sorted(rows)]


def _with_steps(points: list[tuple[float | None, float, float]]) -> Iterable[tuple[float, float, float]]:
    has_steps = len(points) == 1 or len({step for step, _, _ in points}) > 1
    for at, (step, time, value) in enumerate(points):
        yield (step if has_steps and step is not None else float(at)), time, value
