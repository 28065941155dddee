"""The directive ``incident-gallery``: recorded runs that broke, what was said of each, and its pages."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from anet_lite import Monitor, explain, report
from anet_lite.replay import replay

if TYPE_CHECKING:
    from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parents[2] / "benches"))
from failure_zoo.runs import COLUMNS, Failing, load

FAULTS = {
    "rate_ramp": "the learning rate grows by two per cent a step",
    "wrong_labels": "labels are wrong from here on",
    "nonfinite": "a number that is none",
    "bit_flip": "a bit of the parameters flips",
    "lost_state": "the optimizer has lost its state",
    "sorted_data": "the data come sorted",
    "no_zero_grad": "gradients are never cleared",
    "frozen_data": "the same batch again and again",
    "dead_layer": "a layer is dead",
    "underflow": "gradients underflow",
}
"""The kinds of faults that are shown."""


def first_of_each() -> list[Failing]:
    """Return the first recorded run of each kind, whatever the monitor says of it."""
    _, failing = load()
    return [next(run for run in failing if run.fault == fault) for fault in FAULTS]


def told(run: Failing, folder: Path) -> list[str]:
    """Write the run's pages, and return what was said of it: its first alarm at or after the fault, and the verdict."""
    with TemporaryDirectory() as place:
        path = Path(place) / f"{run.fault}.csv"
        np.savetxt(path, run.rows, delimiter=",", header=",".join(COLUMNS), comments="", fmt="%.9g")
        for lang in ("en", "ja"):
            (folder / f"{run.fault}.{lang}.html").write_text(report(path, lang=lang), encoding="utf-8")
        seen = replay(str(path), Monitor(), {}, lambda _: None)
    rung = [incident.first for incident in seen.incidents if incident.first.row >= run.onset]
    return [str(explain(rung[0])) if rung else "No alarm after the fault began.", seen.sentence()]


class IncidentGallery(SphinxDirective):
    """A section for each incident."""

    def run(self) -> list[nodes.Node]:
        """Write the pages, and return the sections."""
        folder = Path(self.env.app.outdir) / "gallery"
        folder.mkdir(parents=True, exist_ok=True)
        return [self._section(run, told(run, folder)) for run in first_of_each()]

    def _section(self, run: Failing, sentences: list[str]) -> nodes.section:
        title = FAULTS[run.fault][0].upper() + FAULTS[run.fault][1:]
        section = nodes.section("", nodes.title("", title), ids=[run.fault.replace("_", "-")], names=[run.fault])
        section += nodes.paragraph("", f"{run.recipe.replace('_', ' ')}; the fault begins in row {run.onset:,}.")
        section += nodes.block_quote("", *(nodes.paragraph("", sentence) for sentence in sentences))
        section += nodes.paragraph("", "", *_links(run.fault))
        return section


def _links(fault: str) -> list[nodes.Node]:
    english = nodes.reference("", "The run's page", refuri=f"../gallery/{fault}.en.html")
    japanese = nodes.reference("", "in Japanese", refuri=f"../gallery/{fault}.ja.html")
    return [english, nodes.Text(", "), japanese, nodes.Text(".")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("incident-gallery", IncidentGallery)
    return {"parallel_read_safe": True}
