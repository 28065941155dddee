"""Pages of long answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from anet_lite._internal.jsonable import to_jsonable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")

_MOST = 100


class Cut(NamedTuple):
    """Where a page begins and ends, as positions of a list."""

    start: int
    end: int
    total: int

    @property
    def next_start(self) -> int | None:
        """Where the next page begins; None on the last one."""
        return self.end if self.end < self.total else None


def cut(total: int, start: int, count: int) -> Cut:
    """Return the page of a list.

    Example:
        >>> from anet_lite.cli.mcp.pages import cut
        >>> cut(10, 8, 4), cut(10, 0, 4).next_start
        (Cut(start=8, end=10, total=10), 4)

    """
    start = min(start, total)
    return Cut(start, min(start + count, total), total)


def first_of(texts: Sequence[str]) -> list[str]:
    """Return the first 100 texts, and how many more there are: of a fleet most are alike.

    Example:
        >>> from anet_lite.cli.mcp.pages import first_of
        >>> first_of(["too short"] * 102)[-2:]
        ['too short', '... and 2 more']

    """
    more = len(texts) - _MOST
    return [*texts[:_MOST], *([f"... and {more:,} more"] if more > 0 else [])]


def page_of(items: Sequence[T], start: int, count: int) -> tuple[list[T], Cut]:
    """Return the items of a page, and where it is."""
    page = cut(len(items), start, count)
    return list(items[page.start : page.end]), page


def paged(answer: Mapping[str, Any], page: Cut) -> Any:
    """Return an answer that is a page, as JSON carries it."""
    return plain({**answer, "total": page.total, "next_start": page.next_start})


def plain(answer: Mapping[str, Any]) -> Any:
    """Return an answer as JSON carries it: numbers that are not finite become texts."""
    return to_jsonable(answer)
