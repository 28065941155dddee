"""Which form of JSON a file is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from anet_lite._internal.json_line import object_of

if TYPE_CHECKING:
    from anet_lite.reader.table import Source

HEAD = 1 << 16
"""The first bytes by which a file is judged."""
_BEGINNING = 200
_ARRAY = re.compile(rb"\[\s*(?:[{\]]|\[)|\[[\s\d.,eE+\-nulNaIfity]*\Z|\[[\s\d.,eE+\-nulNaIfity]*\]\s*\Z")
"""How an array begins, and no line of a log: with an object or an array, or with nothing but numbers."""


def of_json(path: str, head: bytes, packed: bool) -> Source | None:
    """Return a file as a source where it begins as JSON does, a document or an object a line; else None.

    Args:
        path: The file.
        head: Its first bytes, unpacked; the whole file where they are fewer than ``HEAD``.
        packed: Whether gzip packed it.

    """
    from anet_lite.reader.forms.document import JsonFile

    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if path.endswith((".json", ".json.gz")) or _ARRAY.match(start[:_BEGINNING]):
        return JsonFile(path)
    if not start.startswith(b"{") or re.match(rb"\{\s*'", start):
        return None
    lines = start.splitlines()
    if len(lines) == 1 and len(head) < HEAD:  # the whole file
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
