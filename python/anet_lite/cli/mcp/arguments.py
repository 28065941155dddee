"""What tools are given: types that say what each argument means, and which values it may have."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

Run = Annotated[str, Field(description="A training run below the root: records, a table, a log, or a run's folder.")]
File = Annotated[str, Field(description="A file of numbers below the root.")]
Columns = Annotated[
    dict[str, str],
    Field(description="Column of a signal by the signal (loss, grad_norm, lr, step), where the guess is wrong."),
]
Signals = Annotated[
    dict[str, Literal["rises", "falls", "both", "nonzero"]],
    Field(description="Further columns to watch, each with the side that is bad."),
]
Names = Annotated[list[str], Field(description="The columns; none for all.")]
Lang = Annotated[Literal["en", "ja"], Field(description="The language of sentences.")]
Start = Annotated[int, Field(ge=0, description="Where the page begins, from 0: next_start of the page before.")]
Count = Annotated[int, Field(ge=1, le=500, description="How many the page holds at most.")]
Checkpoint = Annotated[str, Field(description="A checkpoint below the root: a file, or a folder of files.")]
Earlier = Annotated[str, Field(description="An earlier checkpoint of the same run, or an empty text.")]
Log = Annotated[str, Field(description="A tombstone log below the root.")]
