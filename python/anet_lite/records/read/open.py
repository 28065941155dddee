"""What a file is, by its name and its first bytes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from anet_lite._native import AnetValueError

if TYPE_CHECKING:
    from anet_lite.records.read.table import Source


def open_source(path: str) -> Source:
    """Return a file as a source of columns.

    Raises:
        OSError: It cannot be read.
        ImportError: What reads it is not installed.
        ValueError: It is empty, or nothing that is known.

    """
    if os.path.isdir(path) or os.path.basename(path).startswith("events.out.tfevents."):
        from anet_lite.records.read.tensorboard import EventFiles

        return EventFiles(path)
    if path.endswith(".parquet"):
        from anet_lite.records.read.parquet import ParquetFile

        if os.path.exists(path):
            return ParquetFile(path)
        path += ".jsonl"  # the process that wrote it is still running, or was killed
    with open(path, "rb") as file:
        head = file.read(1 << 16)
    if not head.strip():
        raise AnetValueError(f"{path} is empty")
    return _of_text(path, head)


def _of_text(path: str, head: bytes) -> Source:
    from anet_lite.records.read.json_document import JsonFile
    from anet_lite.records.read.lines import CsvLines, JsonLines

    start = head.lstrip()
    if start.startswith(b"[") or path.endswith(".json"):
        return JsonFile(path)
    return JsonLines(path) if start.startswith(b"{") else CsvLines(path, head)
