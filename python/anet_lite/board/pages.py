"""The data of a run's page, and of several runs beside each other."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

from anet_lite._native import Monitor, __version__
from anet_lite.board.folder import written
from anet_lite.page.downsample import downsample
from anet_lite.page.panels import panels
from anet_lite.page.read_run import read_run
from anet_lite.page.render import data_of
from anet_lite.page.words import WORDS, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.page.run import Run

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

    def _run(self, path: str) -> Run:
        now = written(path)
        with self._lock:
            known = self._read.get(path)
        if known and known[0] == now:
            return known[1]
        run = read_run(path, Monitor(), {}, lambda _: None, lang=self._lang)
        with self._lock:
            self._read[path] = now, run
            self._read.move_to_end(path)
            while len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return run


def _panel(curve: str, runs: Sequence[Run], names: Sequence[str]) -> dict[str, Any]:
    series: list[dict[str, Any]] = []
    for at, (run, name) in enumerate(zip(runs, names)):
        if curve in run.curves:
            x, y, bad = downsample(run.steps, *run.curves[curve])
            series.append({"name": name, "x": x, "y": y, "bad": bad, "colour": f"run-{at}"})
    return {"title": curve, "series": series}
