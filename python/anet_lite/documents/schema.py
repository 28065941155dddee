"""The schemas that are shipped."""

from __future__ import annotations

from pathlib import Path

from anet_lite._native import AnetValueError

_FOLDER = Path(__file__).parent / "schemas"


def schema_names() -> list[str]:
    """Return the names of the documents that have a schema, in order.

    Example:
        >>> from anet_lite.documents import schema_names
        >>> "replay" in schema_names()
        True

    """
    return sorted(file.stem for file in _FOLDER.glob("*.json"))


def schema_text(name: str) -> str:
    """Return the JSON Schema (draft 2020-12) of a document.

    Args:
        name: One of ``schema_names()``, such as ``replay``.

    Raises:
        ValueError: There is no such document.

    Example:
        >>> import json
        >>> from anet_lite.documents import schema_text
        >>> json.loads(schema_text("zeros"))["required"]
        ['ordinal', 'height']

    """
    if name not in schema_names():
        raise AnetValueError(f"name must be one of {', '.join(schema_names())}, got {name!r:.80}")
    return (_FOLDER / f"{name}.json").read_text(encoding="utf-8")
