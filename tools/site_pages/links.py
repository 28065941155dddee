"""Every link within the built site leads to a file that is there, and to an anchor that is in it."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHERS_PAGES = ("rust", "gallery", "_static")
"""Pages that other programs write: linked to, and not looked through."""


class Seen(HTMLParser):
    """What a page links to, and what can be linked to in it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the links and anchors of a tag."""
        for name, value in attrs:
            if value and (name == "src" or (name == "href" and tag in ("a", "link"))):
                self.links.add(value)
            elif value and name in ("id", "name"):
                self.anchors.add(value)


@cache
def seen(page: Path) -> Seen:
    """Read a page once."""
    parser = Seen()
    parser.feed(page.read_text(encoding="utf-8"))
    return parser


def broken_links(root: Path) -> Iterator[str]:
    """Return each link that leads nowhere, with the page that it stands in."""
    for page in sorted(root.rglob("*.html")):
        if page.relative_to(root).parts[0] not in OTHERS_PAGES:
            broken = (link for link in sorted(seen(page).links) if not holds(page, link))
            yield from (f"{page.relative_to(root)}: {link}" for link in broken)


def holds(page: Path, link: str) -> bool:
    """Whether a link of a page leads somewhere; those to other sites are not asked."""
    if urlsplit(link).scheme or link.startswith("//"):
        return True
    address, anchor = urldefrag(link)
    target = (page.parent / unquote(address.partition("?")[0])).resolve() if address else page
    target = target / "index.html" if target.is_dir() else target
    if not target.exists():
        return False
    return not anchor or target.suffix != ".html" or unquote(anchor) in seen(target).anchors
