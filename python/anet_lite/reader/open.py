"""What a file is, by its name and its first bytes."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from anet_lite._native import AnetValueError
from anet_lite.reader.forms.decoded import bytes_of, head_of, text_of
from anet_lite.reader.open_bytes import of_bytes
from anet_lite.reader.open_json import HEAD, of_json

if TYPE_CHECKING:
    from anet_lite.reader.table import Source
    from anet_lite.reader.text.options import ReadOptions

_IS_LOG = re.compile(r"\.(log|out|err|txt)(\.gz)?$")
"""Names of what is no table where it looks like none."""
_RUN_IN_DATABASE = re.compile(r"(.+)[/\\](\w+)")
"""A database, and behind it one of its runs."""
_SCHEMES = ("sqlite:///", "file://", "file:")


def open_source(path: str, options: ReadOptions | None = None) -> Source:
    """Return a file as a source of columns.

    Args:
        path: A file, or a folder of a run.
        options: What is known of it, if it is a table of text.

    Raises:
        OSError: It cannot be read.
        ImportError: What reads it is not installed.
        ValueError: It is empty, or nothing that is known.

    """
    path = _without_scheme(path)
    if os.path.isdir(path):
        from anet_lite.reader.forms.runs.folder import of_folder

        return of_folder(path, open_source)
    if path.endswith(".parquet") and not os.path.exists(path):
        path += ".jsonl"  # the process that wrote it is still running, or was killed
    in_database = _RUN_IN_DATABASE.fullmatch(path) if not os.path.exists(path) else None
    if in_database and os.path.isfile(in_database[1]):
        from anet_lite.reader.forms.runs.mlflow import MlflowDatabase

        return MlflowDatabase(in_database[1], in_database[2])
    binary = of_bytes(path)
    if binary:
        return binary
    head, packed = head_of(path, HEAD)
    if not head.strip():
        raise AnetValueError(f"{path} is empty")
    return of_json(path, head, packed) or _of_text(path, head, options)


def _without_scheme(path: str) -> str:
    """Return the path in an address of a store, as MLflow writes it."""
    found = next((scheme for scheme in _SCHEMES if path.startswith(scheme)), "")
    return path[len(found) :]


def _of_text(path: str, head: bytes, options: ReadOptions | None) -> Source:
    from anet_lite.reader.forms.text_log import TextLog, is_log
    from anet_lite.reader.printed import printed_lines
    from anet_lite.reader.text.open_text import header_only, table_source
    from anet_lite.reader.text.options import ReadOptions

    given = options not in (None, ReadOptions())  # who names a delimiter has a table
    options = options or ReadOptions()
    table = None if not given and is_log(text_of(head)[0]) else table_source(path, options)
    if table:
        return table
    log = TextLog(printed_lines(text_of(bytes_of(path))[0]))
    return log if log.names or log.ending or _IS_LOG.search(path) else header_only(path, options)
