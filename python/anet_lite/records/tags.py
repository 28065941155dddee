"""Tags of a run: in a column of its records, from its recorder to whoever lists runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._native import AnetTypeError, AnetValueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BETWEEN = ";"


def joined_tags(tags: Sequence[str]) -> str:
    """Return tags as a cell of a record.

    Raises:
        TypeError: They are one text, or one of them is none.
        ValueError: One is empty, or has a space or ``;`` in it.

    """
    if isinstance(tags, str):
        raise AnetTypeError(f"tags must be a list of words, got the text {tags!r}")
    for tag in tags:
        if not isinstance(tag, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetTypeError(f"tags must be words, got {type(tag).__name__}")
        if tag.split() != [tag] or _BETWEEN in tag:
            raise AnetValueError(f"tags must be words without spaces and without ;, got {tag!r}")
    return _BETWEEN.join(dict.fromkeys(tags))


def tags_in(cells: Iterable[str]) -> list[str]:
    """Return the tags of a run, each once, from the cells of its records."""
    return list(dict.fromkeys(tag for cell in cells for tag in cell.split(_BETWEEN) if tag))
