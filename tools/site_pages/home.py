"""The README is the home of the site: it is given the list of sections, and opens at the address of the site."""

from __future__ import annotations

import fnmatch
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def add_the_sections(app: Sphinx, page: str, text: list[str]) -> None:
    """Put the sections below the text of the README, on which they do not show."""
    if page == app.config.root_doc:
        lines = (Path(app.confdir) / "contents.md").read_text(encoding="utf-8").splitlines()
        pages = app.env.found_docs
        text[0] += "\n".join(line for line in lines if not line.endswith("*") or fnmatch.filter(pages, line))


def stand_at_the_root(app: Sphinx, error: Exception | None) -> None:
    """Have the site's address open the README."""
    if error is None and app.builder.name == "html":
        shutil.copy(Path(app.outdir) / f"{app.config.root_doc}.html", Path(app.outdir) / "index.html")


def setup(app: Sphinx) -> dict[str, bool]:
    """Listen."""
    app.connect("source-read", add_the_sections)
    app.connect("build-finished", stand_at_the_root)
    return {"parallel_read_safe": True}
