"""What a command found, as one JSON document or as a JSON line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import typer

from anet_lite._internal.jsonable import to_jsonable
from anet_lite._internal.one_line import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

_BEYOND_ASCII = re.compile("[^ -~]")


def write_document(found: Mapping[str, Any]) -> None:
    """Print what was found on one line; numbers that are not finite become texts, since JSON has none."""
    text = json.dumps(to_jsonable(found), ensure_ascii=False, allow_nan=False)
    print(_BEYOND_ASCII.sub(_escaped, text), flush=True)


def _escaped(letter: re.Match[str]) -> str:
    """Return a letter; a mark of direction or an upper control, which JSON leaves, must not reach a terminal."""
    return letter[0] if letter[0].isprintable() else json.dumps(letter[0])[1:-1]


def write_written(verb: str, file: str, output: str, as_json: bool, is_run: bool = True, remark: str = "") -> None:
    """Say which file was written of which: in words, or as a document."""
    if as_json:
        write_document({"file": file, "written": output, "is_run": is_run, "remark": remark})
    else:
        typer.echo(one_line(f"{verb}: {output}"))
