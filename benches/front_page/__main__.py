"""Writes the figures of both READMEs: ``python -m front_page``; ``--measure`` first runs the demo with each seed."""

from __future__ import annotations

import sys
from pathlib import Path

import between
from front_page import box, leads

ROOT = Path(__file__).parents[2]
READMES = {"en": ROOT / "README.md", "ja": ROOT / "README.ja.md"}


def main(measure: bool) -> None:
    """Measure if asked to, and write."""
    if measure:
        lines = leads.table([leads.lead(seed) for seed in range(leads.SEEDS)])
        (Path(__file__).parent / "RESULTS.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for lang, page in READMES.items():
        between.write(page, "lead", box.lead(lang))
        between.write(page, "box", box.box(lang))


if __name__ == "__main__":
    main("--measure" in sys.argv[1:])
