"""Which files and folders below a folder may hold a run."""

from __future__ import annotations

import os
import re
from itertools import islice
from typing import TYPE_CHECKING

from anet_lite.reader.forms.runs.folder import run_folders

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 20_000
"""Folders that are looked into."""
_DEEPEST = 8
_FILE = re.compile(r".+\.(jsonl|ndjson|csv|tsv|json|log|out|txt|parquet)(\.gz|\.zst)?")
_NO_RUN = re.compile(
    r"tombstones.*|.*\.anet\.json|anet_lite\.json|(tokenizer|special_tokens_map|vocab|added_tokens)\S*\.json"
    r"|\S*config\S*\.json|\S*\.index\.json|requirements\S*\.txt|package(-lock)?\.json"
)
"""Files of such endings that hold something else."""


def runs_below(root: str) -> Iterator[str]:
    """Yield what may be runs, as paths below the folder: files, and folders of TensorBoard, W&B and MLflow."""
    for folder, inside, files in islice(os.walk(root), _MOST):
        depth = os.path.relpath(folder, root).count(os.sep)
        inside[:] = sorted(name for name in inside if not name.startswith(".") and depth < _DEEPEST)
        runs = list(run_folders(folder, inside, files))
        yield from (os.path.relpath(run, root) for run in runs)
        if runs:
            inside.clear()
        else:
            yield from (os.path.relpath(os.path.join(folder, name), root) for name in sorted(files) if may_be_run(name))


def may_be_run(name: str) -> bool:
    """Whether a file may be a log. A Parquet file that is being written stands as JSON lines beside it."""
    return not name.startswith(".") and bool(_FILE.fullmatch(name)) and not _NO_RUN.fullmatch(name)


def written(path: str) -> tuple[int, int]:
    """Return size and time of a file in nanoseconds, of a folder those of its newest file.

    Raises:
        OSError: It is gone.

    """
    state = os.stat(path)
    if not os.path.isdir(path):
        return state.st_size, state.st_mtime_ns
    inside = [os.stat(os.path.join(folder, name)) for folder, _, files in os.walk(path) for name in files]
    return sum(each.st_size for each in inside), max((each.st_mtime_ns for each in inside), default=state.st_mtime_ns)
