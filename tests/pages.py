"""The pages that people read, their blocks of code, and what they quote of what a block says.

A quotation that follows a block, in a README or a start page, is what the block says. A Japanese page has the blocks of
its English twin, so that they run once, and quotes the Japanese.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md"))]
STARTS = sorted(ROOT.glob("docs/start/*.md"))
TWINS = {ROOT / "README.md": ROOT / "README.ja.md", **{page: ROOT / "docs/ja/start" / page.name for page in STARTS}}
"""The Japanese page of each English one that has the same code."""

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUOTATION = re.compile(r"^> .*(?:\n> .*)*", re.MULTILINE)
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?")


class Block(NamedTuple):
    """A piece of code in a page, and what the page and its Japanese twin quote of it."""

    where: str
    language: str
    text: str
    quoted: list[str]
    quoted_ja: list[str]


def place(page: Path) -> str:
    """Where a page stands in the repository."""
    return page.relative_to(ROOT).as_posix()


def blocks() -> list[Block]:
    """Every fenced block, named by its page and line; of twins those of the English page."""
    found = []
    for page in (page for page in PAGES if page not in TWINS.values()):
        text = page.read_text(encoding="utf-8")
        quoted = quotations(text) if page in TWINS else None
        quoted_ja = quotations(TWINS[page].read_text(encoding="utf-8")) if page in TWINS else None
        for at, fence in enumerate(FENCE.finditer(text)):
            line = text.count("\n", 0, fence.start()) + 1
            said = (quoted[at], quoted_ja[at]) if quoted and quoted_ja else ([], [])
            found.append(Block(f"{place(page)}:{line}", *fence.groups(), *said))
    return found


def quotations(text: str) -> list[list[str]]:
    """The quotations behind each block, up to the next one, without white space: lines are broken anywhere."""
    pieces = FENCE.sub("\0", text).split("\0")[1:]
    return [[bare(quotation.replace("\n> ", "\n")[2:]) for quotation in QUOTATION.findall(piece)] for piece in pieces]


def bare(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def missing(quoted: list[str], output: str) -> list[str]:
    """The quotations that were not said. Numbers may differ by 5 %: processors round differently."""
    return [quotation for quotation in quoted if not _near(quotation, bare(output))]


def _near(quotation: str, output: str) -> bool:
    words = [re.escape(word) for word in NUMBER.split(quotation)]
    expected = [float(number) for number in NUMBER.findall(quotation)]
    return any(
        all(abs(float(number) - wanted) <= 0.05 * abs(wanted) for number, wanted in zip(found.groups(), expected))
        for found in re.finditer(f"({NUMBER.pattern})".join(words), output)
    )
