"""Prints the tables: ``python -m event_shapes [SEEDS]``."""

from __future__ import annotations

import sys
from collections import defaultdict

import numpy as np

from event_shapes.events import EVENTS
from event_shapes.judge import Judged, judge
from event_shapes.streams import STREAMS

SEEDS = 5


def main() -> None:
    """Judge each event in each stream, and print the share that is right by shape and by stream."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    by_event: dict[str, list[tuple[bool, bool | None]]] = defaultdict(list)
    by_stream: dict[str, list[tuple[bool, bool | None]]] = defaultdict(list)
    for stream in STREAMS:
        for plant in EVENTS:
            for seed in range(seeds):
                rng = np.random.default_rng([seed, STREAMS.index(stream), EVENTS.index(plant)])
                event = plant(stream(rng), rng)
                if event is None:
                    continue
                found: Judged = judge(event)
                right = (found.known.is_right(event), found.alarmed and found.alarmed.is_right(event))
                by_event[plant.__name__].append(right)
                by_stream[stream.__name__].append(right)
                if "-v" in sys.argv and not all(right):
                    print(stream.__name__, plant.__name__, seed, *found)
    for title, table in (("event", by_event), ("stream", by_stream)):
        print(f"\n| {title} | events | right at its place | alarmed | right at the alarm |\n|---|---|---|---|---|")
        for name, rows in table.items():
            print(line(name, rows))
    print(line("**all**", [row for rows in by_stream.values() for row in rows]))


def line(name: str, rows: list[tuple[bool, bool | None]]) -> str:
    """Return a row of a table."""
    alarmed = [right for _, right in rows if right is not None]
    known = sum(right for right, _ in rows)
    return f"| {name} | {len(rows)} | {known} | {len(alarmed)} | {sum(alarmed)} |"


if __name__ == "__main__":
    main()
