"""The document in a text."""

from __future__ import annotations

import json
from typing import Any

from anet_lite._internal.one_line import one_line
from anet_lite._native import AnetValueError
from anet_lite.reader.forms.decoded import lines_of

_LONGEST = 80


def loaded(path: str, text: str) -> Any:
    """Return the document; of JSON lines that have the wrong ending a list of their objects.

    Raises:
        ValueError: It is not JSON.

    """
    try:
        return json.loads(text)
    except RecursionError:
        raise AnetValueError(f"{path} is nested too deep to be read") from None
    except ValueError as error:
        lines = lines_of(text)
        if len(lines) > 1 and lines[0].strip().endswith(("}", "]")):
            return [loaded(path, line) for line in lines if line.strip()]
        raise AnetValueError(f"{path} is not JSON: {one_line(str(error))}{_there(error)}") from None


def _there(error: ValueError) -> str:
    """Return what stands where a document breaks, a part of a line at most."""
    if not isinstance(error, json.JSONDecodeError):
        return ""
    found = one_line(error.doc[error.pos : error.pos + _LONGEST].split("\n")[0])
    return f", where it has {found!r}" if found else ""
