"""Writes what was measured between the markers of a page: ``<!-- name:begin -->`` and ``<!-- name:end -->``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write(page: Path, name: str, lines: Iterable[str]) -> None:
    """Replace what stands between the markers of a name; the rest of the page stays as it is."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(f"<!-- {name}:begin -->\n")
    _, end, after = rest.partition(f"<!-- {name}:end -->")
    if not begin or not end:
        raise SystemExit(f"{page.name} has no {name}:begin and {name}:end")
    page.write_text(before + begin + "\n".join(lines) + "\n" + end + after, encoding="utf-8")
