"""What a file is, by its name and its first bytes."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

from anet_lite._native import AnetValueError
from anet_lite.reader.forms.decoded import bytes_of, head_of, text_of

if TYPE_CHECKING:
    from anet_lite.reader.table import Source
    from anet_lite.reader.text.options import ReadOptions

_HEAD = 1 << 16


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
    if os.path.isdir(path) or os.path.basename(path).startswith("events.out.tfevents."):
        from anet_lite.reader.forms.tensorboard import EventFiles

        return EventFiles(path)
    if path.endswith(".parquet"):
        from anet_lite.reader.forms.parquet import ParquetFile

        if os.path.exists(path):
            return ParquetFile(path)
        path += ".jsonl"  # the process that wrote it is still running, or was killed
    head, packed = head_of(path, _HEAD)
    if not head.strip():
        raise AnetValueError(f"{path} is empty")
    return _of_json(path, head, packed) or _of_text(path, options)


def _of_json(path: str, head: bytes, packed: bool) -> Source | None:
    from anet_lite.reader.forms.json_document import JsonFile
    from anet_lite.reader.forms.lines import JsonLines, NestedJsonLines

    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if path.endswith((".json", ".json.gz")) or re.match(rb"\[\s*[{\]]", start):
        return JsonFile(path)
    if not start.startswith(b"{") or re.match(rb"\{\s*'", start):
        return None
    return NestedJsonLines(path) if packed or _is_nested(start.splitlines()[0]) else JsonLines(path)


def _is_nested(line: bytes) -> bool:
    try:
        return any(isinstance(value, dict) for value in json.loads(line).values())
    except (ValueError, RecursionError):  # the core passes over what is nested too deep
        return False


def _of_text(path: str, head: bytes, packed: bool) -> Source:
    from anet_lite.reader.forms.delimited import DelimitedText
    from anet_lite.reader.forms.dialect import sniff, table_lines
    from anet_lite.reader.forms.lines import CsvLines
    from anet_lite.reader.forms.text_log import TextLog, printed_lines

    text, encoding = text_of(head)
    lines = table_lines(text)[: -1 if len(head) == _HEAD else None]  # the last one may be cut off
    dialect = sniff(lines)
    is_plain = dialect is not None and dialect.delimiter in _PLAIN and dialect.has_header and not dialect.decimal_comma
    if is_plain and not packed and b"\n" in head and encoding == "UTF-8" and text.startswith(lines[0]):
        return CsvLines(path, head)
    text, encoding = text_of(bytes_of(path))
    if dialect:
        return DelimitedText(table_lines(text), dialect, encoding)
    log = TextLog(printed_lines(text))
    return log if log.names else CsvLines(path, head)
