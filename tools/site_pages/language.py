"""A page says in which language it is, and leads to itself in the other one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HOME = {"README": "README.ja", "README.ja": "README"}


def is_japanese(page: str) -> bool:
    """Whether a page is of the Japanese part."""
    return page.startswith("docs/ja/") or page == "README.ja"


def twin_of(page: str, pages: set[str]) -> str | None:
    """Return the page in the other language, the other home where it has none."""
    twin = page.replace("docs/ja/", "docs/", 1) if is_japanese(page) else page.replace("docs/", "docs/ja/", 1)
    twin = HOME.get(page, twin)
    home = "README" if is_japanese(page) else "README.ja"
    return next((there for there in (twin, home) if there in pages and there != page), None)


def tell(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Give the template the language of the page and its twin."""
    context["language"] = "ja" if is_japanese(page) else "en"
    context["twin"] = twin_of(page, app.env.found_docs)


def setup(app: Sphinx) -> dict[str, bool]:
    """Listen."""
    app.connect("html-page-context", tell)
    return {"parallel_read_safe": True}
