"""What a file is, by its name and its first bytes."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

from anet_lite._internal.json_line import object_of
from anet_lite._native import AnetValueError
from anet_lite.reader.forms.decoded import bytes_of, head_of, text_of

if TYPE_CHECKING:
    from anet_lite.reader.table import Source
    from anet_lite.reader.text.options import ReadOptions

_HEAD = 1 << 16
_BEGINNING = 200
_FIRST = 100
_IS_LOG = re.compile(r"\.(log|out|err|txt)(\.gz)?$")
"""Names of what is no table where it looks like none."""
_ARRAY = re.compile(rb"\[\s*(?:[{\]]|\[)|\[[\s\d.,eE+\-nulNaIfity]*\Z|\[[\s\d.,eE+\-nulNaIfity]*\]\s*\Z")
"""How an array begins, and no line of a log: with an object or an array, or with nothing but numbers."""
_RUN_IN_DATABASE = re.compile(r"(.+)[/\\](\w+)")
"""A database, and behind it one of its runs."""
_SCHEMES = ("sqlite:///", "file://", "file:")
_PLAIN = {",", ";", "\t"}
"""Delimiters that the core reads."""


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
    head, packed = head_of(path, _HEAD)
    if not head.strip():
        raise AnetValueError(f"{path} is empty")
    return _of_bytes(path, head) or _of_json(path, head, packed) or _of_text(path, head, packed)


def _without_scheme(path: str) -> str:
    """Return the path in an address of a store, as MLflow writes it."""
    found = next((scheme for scheme in _SCHEMES if path.startswith(scheme)), "")
    return path[len(found) :]


def _of_bytes(path: str, head: bytes) -> Source | None:
    """Return a file that is no text, by its first bytes or its name."""
    from anet_lite.reader.forms.binary import arrow, numpy_file
    from anet_lite.reader.forms.runs import mlflow, tensorboard, wandb

    if head.startswith((numpy_file.ARRAY, numpy_file.ARCHIVE)) and path.endswith((".npy", ".npz")):
        return numpy_file.NumpyFile(path)
    if head.startswith(wandb.MARK):
        return wandb.WandbFile(path)
    if head.startswith(mlflow.MARK):
        return mlflow.MlflowDatabase(path)
    if tensorboard.is_event_file(os.path.basename(path)):
        return tensorboard.EventFiles(path)
    return arrow.arrow_file(path, head)


def _of_json(path: str, head: bytes, packed: bool) -> Source | None:
    from anet_lite.reader.forms.document import JsonFile

    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if path.endswith((".json", ".json.gz")) or _ARRAY.match(start[:_BEGINNING]):
        return JsonFile(path)
    if not start.startswith(b"{") or re.match(rb"\{\s*'", start):
        return None
    lines = start.splitlines()
    if len(lines) == 1 and len(head) < _HEAD:  # the whole file
        return JsonFile(path) if _has_list(lines[0]) else _lines(path, packed, lines)
    if object_of(lines[0]) is None and (len(lines) == 1 or not lines[0].rstrip().endswith(b"}")):
        return JsonFile(path)
    return _lines(path, packed, lines)


def _lines(path: str, packed: bool, lines: list[bytes]) -> Source:
    from anet_lite.reader.forms.lines import JsonLines, NestedJsonLines

    return NestedJsonLines(path) if packed or any(map(_is_nested, lines)) else JsonLines(path)


def _has_list(line: bytes) -> bool:
    """Return whether an object holds lists, as an answer does and a row of values does not."""
    found = object_of(line) or {}
    return b"[" in line and any(isinstance(value, (list, dict)) for value in found.values())


def _is_nested(line: bytes) -> bool:
    try:
        return any(isinstance(value, dict) for value in json.loads(line).values())
    except (ValueError, RecursionError):  # the core passes over what is nested too deep
        return False


def _of_text(path: str, head: bytes, packed: bool) -> Source:
    from anet_lite.reader.forms.delimited import DelimitedText
    from anet_lite.reader.forms.dialect import sniff, table_lines
    from anet_lite.reader.forms.lines import CsvLines
    from anet_lite.reader.forms.text_log import TextLog, is_box
    from anet_lite.reader.printed import printed_lines

    text, encoding = text_of(head)
    lines = table_lines(text)[: -1 if len(head) == _HEAD else None]  # the last one may be cut off
    dialect = None if is_box(lines[:_FIRST]) else sniff(lines)
    is_plain = dialect is not None and dialect.delimiter in _PLAIN and dialect.has_header and not dialect.decimal_comma
    if is_plain and not packed and b"\n" in head and encoding == "UTF-8" and text.startswith(lines[0]):
        return CsvLines(path, head)
    text, encoding = text_of(bytes_of(path))
    if dialect:
        return DelimitedText(table_lines(text), dialect, encoding)
    log = TextLog(printed_lines(text))
    return CsvLines(path, head) if not (log.names or log.ending) and not _IS_LOG.search(path) else log
