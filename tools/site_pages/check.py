"""Checks the site that was built, in a browser: every link and anchor, the search, and what axe finds in both schemes.

From ``tools``: ``python -m site_pages.check ../target/site``. Needs what the extra ``docs`` brings, and Chromium.
"""

from __future__ import annotations

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from threading import Thread
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from site_pages.links import broken_links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAIN = (
    "index.html",
    "docs/monitor.html",
    "docs/rules.html",
    "docs/gallery.html",
    "docs/training-loop.html",
    "docs/notebooks/a-run-that-breaks.html",
    "docs/reference/monitor.html",
    "docs/reference/command.html",
    "docs/reference/documents.html",
    "benches/failure_zoo/RESULTS.html",
    "README.ja.html",
    "docs/ja/index.html",
)
SERIOUS = {"serious", "critical"}
SEARCHES = ("rollback", "検知")


class Quiet(SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def findings(page: Page, address: str) -> Iterator[str]:
    """Return what axe takes for serious on a page, each with the first place."""
    page.goto(address, wait_until="load")
    for found in Axe().run(page).response["violations"]:
        if found["impact"] in SERIOUS:
            places = [node["html"][:120] for node in found["nodes"]]
            yield f"{found['id']} ({len(places)} places): {places[0]}"


def seen_by_axe(browser: Browser, address: str, root: Path) -> Iterator[str]:
    """Return the findings on all main pages that are there, light and dark."""
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        for name in MAIN:
            if (root / name).exists():
                yield from (f"{name}, {scheme}: {text}" for text in findings(page, f"{address}/{name}"))
        page.close()


def searches(browser: Browser, address: str) -> Iterator[str]:
    """Return the words that the search does not find."""
    page = browser.new_page()
    for word in SEARCHES:
        page.goto(f"{address}/search.html?q={word}", wait_until="load")
        page.wait_for_function("document.querySelector('.search-summary')?.textContent.match(/[0-9]|did not/)")
        if not page.locator("#search-results li").count():
            yield f"The search finds nothing for {word}"
    page.close()


def problems(root: Path) -> Iterator[str]:
    """Return all that is wrong with the site."""
    yield from broken_links(root)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    path = next(found for name in BROWSERS if (found := which(name)))
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]) as one,
    ):
        yield from seen_by_axe(one, address, root)
        yield from searches(one, address)
    server.shutdown()


def main() -> int:
    """Print what is wrong; 1 where anything is."""
    found = list(problems(Path(sys.argv[1]).resolve()))
    print("\n".join([*found, f"{len(found)} problems"]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
