"""A file of streams, judged as ``anet-lite detect`` judges it: its card, and its wall of small multiples."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite._native import AnetValueError
from anet_lite.stream.summary import summary

if TYPE_CHECKING:
    from anet_lite.board.card import Card
    from anet_lite.cli.detect.over import Judged
    from anet_lite.stream import Found
    from anet_lite.stream.stream import Scores

MOST_BYTES = 1 << 25
"""A larger file would hold up the others for too long."""
_POINTS = 120
"""Points of a tile."""


class TooLargeError(AnetValueError):
    """A file that may be of streams is larger than a board reads."""


def judged(path: str, lang: str) -> Judged:
    """Judge every stream of a file.

    Raises:
        OSError: The file cannot be read.
        ImportError: What reads it is not installed.
        ValueError: It is of no streams, or larger than a board reads.

    """
    need("typer", "cli")
    from anet_lite.cli.detect.asked import Asked
    from anet_lite.cli.detect.over import judge

    if os.path.getsize(path) > MOST_BYTES:
        raise TooLargeError(
            f"{path} is no log of a training run, and larger than the {MOST_BYTES >> 20} MiB of streams that a board "
            "reads: anet-lite detect reads it"
        )
    what = judge(Asked(path, every_column=True, lang=lang, silent=True), lambda _: None)
    return what._replace(form=what.form.removeprefix(f"{path}: "))


def fill_streams(card: Card, what: Judged, lang: str) -> None:
    """Say of the file what the list shows."""
    found = what.found
    card.kind, card.form, card.incidents = "streams", what.form, len(found.rang)
    card.rows = max((len(scores.samples.rows) for scores in found.scores.values()), default=0)
    card.status = "alarms" if found.rang else "quiet" if any(map(found.is_judged, found.scores)) else ""
    card.sentence = summary(found, lang)
    for value in found.scores[by_strangeness(found)[0]].samples.values.tolist():
        card.loss.push(value)


def by_strangeness(found: Found) -> list[str]:
    """Return the streams: those with alarms first, then by their least p-value."""
    rang = {alarm.name for alarm in found.rang}
    return sorted(found.scores, key=lambda name: (name not in rang, _least(found.scores[name])))


def tiles(found: Found) -> list[dict[str, Any]]:
    """Return what a wall shows of each stream, the strangest first."""
    alarms = [alarm.name for alarm in found.rang]
    return [_tile(name, found.scores[name], alarms.count(name)) for name in by_strangeness(found)]


def _tile(name: str, scores: Scores, alarms: int) -> dict[str, Any]:
    """Return a stream thinned to some points, each the strangest of its part, with its p-value."""
    import numpy as np

    known = np.where(np.isfinite(scores.p_value), scores.p_value, 2.0)  # what was not judged is drawn where all is so
    ends = np.unique(np.linspace(0, len(known), min(_POINTS, len(known)) + 1).astype(int))
    at = [first + int(known[first:last].argmin()) for first, last in zip(ends[:-1], ends[1:])]
    values, p_values = scores.samples.values[at], known[at]
    return {
        "name": name,
        "alarms": alarms,
        "least": None if (least := _least(scores)) > 1.0 else least,
        "values": [value if np.isfinite(value) else None for value in values.tolist()],
        "p": [p if p <= 1.0 else None for p in p_values.tolist()],
    }


def _least(scores: Scores) -> float:
    """Return the least p-value; 2 where nothing was judged."""
    import numpy as np

    known = scores.p_value[np.isfinite(scores.p_value)]
    return float(known.min()) if len(known) else 2.0
