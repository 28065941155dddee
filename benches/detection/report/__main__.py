"""Turn the figures of run.py and of the plain cases into the tables of docs/detection.md, and RESULTS.md with all."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import between
from detection.plain import table
from detection.report import tables
from detection.report.picture import draw

COMMAND = "`make detection`, with the sets that [the protocol](README.md) tells how to get."


def main() -> None:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", type=Path, help="what run.py wrote")
    parser.add_argument("plain", type=Path, help="what the plain cases wrote")
    parser.add_argument("--page", type=Path, help="page whose table between the markers is written anew")
    parser.add_argument("--results", type=Path, help="page that is written whole")
    parser.add_argument("--picture", help="file of the picture")
    arguments = parser.parse_args()
    figures, plain = (json.loads(path.read_text()) for path in (arguments.figures, arguments.plain))
    if arguments.page:
        between.write(arguments.page, "detection", short(figures))
    if arguments.results:
        arguments.results.write_text("\n".join(full(figures, plain)).rstrip() + "\n")
    if arguments.picture:
        draw(arguments.picture)


def short(figures: dict[str, Any]) -> list[str]:
    """Quality of all on all sets, and the alarms."""
    return [*tables.quality(figures), "", *tables.alarms(figures)]


def full(figures: dict[str, Any], plain: dict[str, Any]) -> list[str]:
    """All tables, each under its heading."""
    chapters = {
        "Quality": tables.quality(figures),
        "Alarms": tables.alarms(figures),
        "False alarms of streams without an event": tables.false_alarms(figures),
        "Components": tables.components(figures),
        f"Plain cases, {plain['seeds']} seeds each": table.lines(plain),
    }
    pages = [line for title, lines in chapters.items() for line in ("", f"## {title}", "", *lines)]
    return ["# How well the detector detects: all figures", "", f"Written by {COMMAND}", *pages]


if __name__ == "__main__":
    main()
