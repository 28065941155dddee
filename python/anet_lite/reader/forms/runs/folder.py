"""Which run a folder holds: the newest, where there are several."""

from __future__ import annotations

import os
import re
from itertools import islice
from typing import TYPE_CHECKING, Callable, NamedTuple

from anet_lite._internal.one_line import listed
from anet_lite._native import AnetValueError
from anet_lite.reader.forms.runs.mlflow import MlflowFolder
from anet_lite.reader.forms.runs.tensorboard import EventFiles, is_event_file
from anet_lite.reader.forms.runs.wandb import WandbFile
from anet_lite.reader.printed import has_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.reader.table import Source

_DEEPEST = 5
_MOST = 20_000
"""Folders that are looked into."""
_LOGS = re.compile(
    r"trainer_state\.json|trainer_log\.jsonl|wandb-history\.jsonl|metrics\.(csv|jsonl?)|results\.csv|progress\.csv"
    r"|summary\.csv|log\.txt|training_log_.*\.txt|(train|training)\.(log|csv|jsonl)|history\.(csv|json)"
)
"""Files that trainers leave in the folder of a run."""


class Found(NamedTuple):
    """A run below a folder."""

    kind: int
    """Its place among the kinds, the likeliest first."""
    depth: int
    path: str
    newest: float
    """When it was written last."""


def of_folder(path: str, opened: Callable[[str], Source]) -> Source:
    """Return the newest run below a folder, of the kind that is nearest; its form tells the others.

    Raises:
        ValueError: There is none.

    """
    runs = list(_below(path))
    if not runs:
        raise AnetValueError(
            f"{path} is a folder without a run: no event file of TensorBoard, no run of Weights & Biases or MLflow, "
            "and no metrics.csv, results.csv, progress.csv, trainer_state.json or log.txt; name the file"
        )
    _, kind = min((run.depth, run.kind) for run in runs)
    alike = sorted((run for run in runs if run.kind == kind), key=lambda run: (run.newest, run.path))
    return _opened(kind, alike[-1].path, _told(path, [run.path for run in alike]), opened)


def _opened(kind: int, run: str, told: str, opened: Callable[[str], Source]) -> Source:
    if kind < len(_KINDS):
        return _KINDS[kind](run, told)
    source = opened(run)
    source.form += told
    return source


_KINDS: tuple[Callable[[str, str], Source], ...] = (WandbFile, MlflowFolder, EventFiles)


def _told(path: str, runs: list[str]) -> str:
    shown = os.path.relpath(runs[-1], path)
    if len(runs) == 1:
        return "" if shown == "." else f" in {shown}"
    others = [os.path.relpath(run, path) for run in runs[-2::-1]]
    rest = f" and {len(others) - 3} more" if len(others) > 3 else ""
    return f" in {shown}, the newest of {len(runs)} runs; name another's path to read it: {listed(others[:3])}{rest}"


def _below(path: str) -> Iterator[Found]:
    seen = set[str]()
    for folder, inside, files in islice(os.walk(path), _MOST):
        depth = os.path.relpath(folder, path).count(os.sep) + (folder != path)
        inside[:] = sorted(name for name in inside if depth < _DEEPEST and not name.startswith("."))
        for run in _in(folder, inside, files, depth):
            if os.path.realpath(run.path) not in seen:
                seen.add(os.path.realpath(run.path))
                yield run


def _in(folder: str, inside: list[str], files: list[str], depth: int) -> Iterator[Found]:
    """Yield the runs of a folder. What belongs to a run is taken out of the folders that are looked into."""
    yield from (_found(0, depth, folder, file) for file in files if file.endswith(".wandb"))
    if "metrics" in inside and "meta.yaml" in files:
        times = [_time(os.path.join(folder, name)) for name in ("meta.yaml", "metrics")]
        yield Found(1, depth, folder, max(times))
        inside.clear()
    events = [file for file in files if is_event_file(file)]
    sets = [
        name for name in inside if has_set(name) and any(map(is_event_file, os.listdir(os.path.join(folder, name))))
    ]
    if events or sets:
        newest = max(_time(os.path.join(folder, name)) for name in (*events, *sets))
        yield Found(2, depth, folder, newest)
        inside[:] = [name for name in inside if name not in sets]
    yield from (_found(3, depth, folder, file) for file in files if _LOGS.fullmatch(file))


def run_folders(folder: str, inside: list[str], files: list[str]) -> Iterator[str]:
    """Yield the runs that a folder is or holds, other than plain files; the arguments are what ``os.walk`` gives."""
    yield from dict.fromkeys(run.path for run in _in(folder, inside, files, 0) if run.kind < len(_KINDS))


def _found(kind: int, depth: int, folder: str, file: str) -> Found:
    path = os.path.join(folder, file)
    return Found(kind, depth, path, _time(path))


def _time(path: str) -> float:
    try:
        return os.stat(path).st_mtime
    except OSError:  # a link to what is gone
        return 0.0
