"""The data of a run's page, and of several runs beside each other."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from anet_lite._native import AnetValueError, Monitor, __version__
from anet_lite.board.folder import written
from anet_lite.board.streams import judged, tiles
from anet_lite.page.downsample import downsample
from anet_lite.page.panels import panels
from anet_lite.page.read_run import read_run
from anet_lite.page.render import data_of
from anet_lite.page.stream import stream_data
from anet_lite.page.words import WORDS, words_of
from anet_lite.stream.summary import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.board.following import FollowedStreams
    from anet_lite.cli.detect.over import Judged
    from anet_lite.page.run import Run

T = TypeVar("T")
_KEPT = 8
"""Runs that are kept as they were read last."""
MOST = 8
"""Runs that are compared, at most."""


class Pages:
    """Reads runs for pages; one that has not changed is not read again."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._lock = Lock()
        self._read: OrderedDict[str, tuple[tuple[int, int], Run]] = OrderedDict()
        self._judgements: OrderedDict[str, tuple[tuple[int, int], Judged]] = OrderedDict()

    def run(self, path: str, name: str) -> dict[str, Any]:
        """Return what the page of a run shows.

        Raises:
            OSError: The file is gone.
            ValueError: It is no longer a run.

        """
        return {**data_of(self._run(path), self._lang), "name": name}

    def compare(self, paths: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
        """Return a plot for each signal that any of the runs has, with a curve of each of them; errors as for `run`."""
        runs = [self._run(path) for path in paths]
        words = WORDS[self._lang]
        signals = list(dict.fromkeys(name for run in runs for name in run.signals))
        curves = [name for _, several in panels(signals) for name in several]
        return {
            "name": " / ".join(names),
            "axis": "step" if all(run.axis == "step" for run in runs) else "row",
            "panels": [panel for name in curves if (panel := _panel(name, runs, names))["series"]],
            "alarms": list[Any](),
            "audit": list[Any](),
            "words": {
                "lang": self._lang,
                "alarms": words["alarms"],
                "place": words["step"],
                "more": "",
                "verdict": "",
                "facts": "\n".join(
                    f"{name}: {words_of(run, self._lang, 0)['verdict']}" for run, name in zip(runs, names)
                ),
                "hint": words["hint"],
                "footer": f"anet-lite {__version__}",
            },
        }

    def streams(self, path: str, name: str, followed: FollowedStreams | None = None) -> dict[str, Any]:
        """Return the wall of a file of streams, as it was followed or as it is; errors as for `run`."""
        what = followed.judged() if followed else self._judged(path)
        return {"name": name, "tiles": tiles(what.found), "said": summary(what.found, self._lang), "form": what.form}

    def stream(self, path: str, name: str, chosen: str, followed: FollowedStreams | None = None) -> dict[str, Any]:
        """Return what the page of one stream shows; errors as for `run`."""
        form, _, found, watched = followed.judged() if followed else self._judged(path)
        if chosen not in found.scores:
            raise AnetValueError(f"{name} has no stream {chosen}")
        zone = watched.rule.zone
        found = found._replace(blank=None)  # no band of what was expected: it takes seconds, and holds up all others
        return stream_data(found, watched.strangest, f"{name}: {chosen}", form, zone, self._lang, [chosen])

    def _judged(self, path: str) -> Judged:
        now = written(path)
        with self._lock:
            known = self._judgements.get(path)
        if known and known[0] == now:
            return known[1]
        what = judged(path, self._lang)
        with self._lock:
            _keep(self._judgements, path, (now, what))
        return what

    def _run(self, path: str) -> Run:
        now = written(path)
        with self._lock:
            known = self._read.get(path)
        if known and known[0] == now:
            return known[1]
        run = read_run(path, Monitor(), {}, lambda _: None, lang=self._lang)
        with self._lock:
            _keep(self._read, path, (now, run))
        return run


def _keep(those: OrderedDict[str, T], path: str, one: T) -> None:
    those[path] = one
    those.move_to_end(path)
    while len(those) > _KEPT:
        those.popitem(last=False)


def _panel(curve: str, runs: Sequence[Run], names: Sequence[str]) -> dict[str, Any]:
    series: list[dict[str, Any]] = []
    for at, (run, name) in enumerate(zip(runs, names)):
        if curve in run.curves:
            x, y, bad = downsample(run.steps, *run.curves[curve])
            series.append({"name": name, "x": x, "y": y, "bad": bad, "colour": f"run-{at}"})
    return {"title": curve, "series": series}
