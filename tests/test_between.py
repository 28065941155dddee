"""Only what stands between the markers of a page is written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import between

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "before\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nafter\n"


def test_only_what_stands_between_the_markers_is_written_anew(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(TEXT)
    between.write(page, "bench", ["new", "lines"])
    assert page.read_text() == TEXT.replace("old", "new\nlines")


def test_a_page_without_markers_is_an_error_and_stays(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(TEXT)
    with pytest.raises(SystemExit, match=r"page\.md has no zoo:begin"):
        between.write(page, "zoo", ["new"])
    assert page.read_text() == TEXT
