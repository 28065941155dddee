"""Draws a picture for each rule into docs/img/rules, and writes docs/rules.md."""

from __future__ import annotations

from pathlib import Path

from rule_runs.faults import FAULTS
from rule_runs.fired import fired
from rule_runs.page import page
from rule_runs.picture import draw

DOCS = Path(__file__).parents[2] / "docs"


def main() -> None:
    """Write all of them."""
    found = [(fault, seen) for fault in FAULTS if (seen := fired(fault))]
    (DOCS / "img" / "rules").mkdir(parents=True, exist_ok=True)
    for fault, seen in found:
        draw(fault, seen, DOCS / "img" / "rules" / f"{fault.rule}.png")
    (DOCS / "rules.md").write_text(page(found), encoding="utf-8")
    print(f"{len(found)} of {len(FAULTS)} faults are seen by their rule: docs/rules.md")


if __name__ == "__main__":
    main()
