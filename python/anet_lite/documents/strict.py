"""What all documents have in common: how numbers are written, and that nothing is in them that is not described."""

from __future__ import annotations

from typing import Any, Literal, TypeVar, Union

Number = Union[float, Literal["NaN", "Infinity", "-Infinity"]]
"""A number. JSON has none that is not finite: those are texts."""
Severity = Literal["ok", "note", "warn", "stop"]
Status = Literal["warming_up", "healthy", "settled", "suspect", "failing"]
VerdictName = Literal[
    "healthy",
    "recovered",
    "settled_worse",
    "overfits",
    "collapsed",
    "failing",
    "no_progress",
    "not_judged",
    "no_loss",
]

T = TypeVar("T", bound=type[Any])


def strict(document: T) -> T:
    """Have pydantic refuse what a document does not name, and take the texts below its names for their descriptions."""
    document.__pydantic_config__ = {"extra": "forbid", "use_attribute_docstrings": True}
    return document


def of_values(document: T) -> T:
    """Let a document have more fields than it names, each a plain value, and take its texts as `strict` does."""
    others = {"additionalProperties": {"type": ["number", "boolean", "string", "null"]}}
    document.__pydantic_config__ = {"use_attribute_docstrings": True, "json_schema_extra": others}
    return document
