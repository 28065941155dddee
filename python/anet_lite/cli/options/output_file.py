"""A file that a command writes: never one that it reads."""

from __future__ import annotations

import os

from anet_lite.cli.options.settings import refuse


def refuse_input(output: str, *inputs: str, option: str = "--output") -> None:
    """End with one sentence where the output is one of the inputs, by whatever name or link."""
    for path in inputs:
        # Records for a Parquet file wait beside it, as JSON lines.
        if any(_is_same(output, each) for each in (path, f"{path}.jsonl")):
            refuse(f"{output} is what is read: give {option} another name")


def _is_same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False
