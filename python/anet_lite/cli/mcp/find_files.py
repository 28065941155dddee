"""What lies in a folder: runs, streams, checkpoints, tombstone logs, and what could not be read."""

from __future__ import annotations

import os
import re
from datetime import datetime, timezone
from itertools import islice
from typing import TYPE_CHECKING

from anet_lite._internal.json_line import object_of
from anet_lite._internal.one_line import one_line
from anet_lite.reader import NoSignalError, open_source
from anet_lite.reader.columns.taken import columns_of

if TYPE_CHECKING:
    from anet_lite.cli.mcp.folder import Folder
    from anet_lite.documents.pages import FileDocument, Kind
    from anet_lite.reader import Source

_MOST = 20_000
"""Files that are listed."""
_CHECKPOINT = re.compile(r".*\.(safetensors|pt|pth|ckpt|bin)")
_TABLE = r".*\.(jsonl?|csv|tsv|parquet|arrow|feather|npz|npy|log|out|txt|wandb|db)(\.gz)?"
_NUMBERS = re.compile(rf"{_TABLE}|.*\.tfevents\..*")


def found_below(folder: str, root: Folder) -> tuple[list[str], list[str]]:
    """Return the paths of what may hold something, in order, and what was not looked at, in words."""
    found, outside = list[str](), 0
    for place, inside, files in os.walk(folder):
        if {"meta.yaml", "metrics"} <= {*inside, *files}:  # a run of MLflow is a folder of small files
            found.append(place)
            inside.clear()
            continue
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        for name in sorted(files):
            if _NUMBERS.fullmatch(name) or _CHECKPOINT.fullmatch(name):
                path = os.path.join(place, name)
                outside += not root.holds(path)
                found += [path] if root.holds(path) else []
        if len(found) > _MOST:
            break
    links = [f"{outside} links that lead out of the root are left out"] if outside else []
    many = [f"only the first {_MOST:,} files are listed: name a folder below"] if len(found) > _MOST else []
    return sorted(islice(found, _MOST)), [*links, *many]


def described(path: str, root: Folder) -> FileDocument:
    """Return what a file is."""
    kind, form = _kind(path)
    form = one_line(root.without(form))
    state = os.stat(path)
    modified = datetime.fromtimestamp(state.st_mtime, timezone.utc).isoformat(timespec="seconds")
    return {"path": root.relative(path), "kind": kind, "form": form, "size": state.st_size, "modified": modified}


def _kind(path: str) -> tuple[Kind, str]:
    if _CHECKPOINT.fullmatch(path):
        return "checkpoint", "a file of tensors, by its name"
    try:
        if _is_tombstones(path):
            return "tombstones", "a tombstone log"
        source = open_source(path)
        return _kind_of(source, path), source.form
    except (OSError, ImportError, ValueError) as error:
        return "unknown", str(error)


def _kind_of(source: Source, path: str) -> Kind:
    try:
        columns_of(source, {}, path)
    except NoSignalError:
        return "streams"
    return "run"


def _is_tombstones(path: str) -> bool:
    if os.path.isdir(path):
        return False
    with open(path, "rb") as file:
        head = object_of(file.readline(1 << 16).decode(errors="replace"))
    return head is not None and {"hash", "prev", "seq"} <= head.keys()
