"""A story as one HTML file, with everything in it."""

from __future__ import annotations

import html
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anet_lite._native import __version__
from anet_lite.report.downsample import thin

if TYPE_CHECKING:
    from anet_lite.report.run import Event, Story

_FOLDER = Path(__file__).parent

PANELS = (
    ("Loss", ("loss",)),
    ("Norms", ("grad_norm", "step_norm", "noise")),
    ("Learning rate", ("lr",)),
    ("ϑ, consistency of the noise", ("theta",)),
    ("F_Total", ("f_total",)),
    ("Precursor z", ("zscore",)),
)
"""What is drawn, and which curves share a plot."""
_ROOM = 400
"""Alarms that are listed; more would make no page to read."""


def page(story: Story) -> str:
    """Return the page."""
    data = json.dumps(_data(story), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    parts = {
        "TITLE": html.escape(os.path.basename(story.path.rstrip("/"))),
        "UPLOT_CSS": _text("uplot/uPlot.min.css"),
        "CSS": _text("page.css"),
        "UPLOT_JS": _text("uplot/uPlot.iife.min.js"),
        "LICENCE": _text("uplot/LICENSE"),
        "DATA": data.replace("<", "\\u003c"),
        "JS": _text("page.js"),
    }
    text = _text("page.html")
    for name, part in parts.items():
        before, mark, after = text.partition(f"@{name}@")
        assert mark, name
        text = before + part + after
    return text


def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _data(story: Story) -> dict[str, Any]:
    shown = story.alarms[:_ROOM]
    return {
        "name": os.path.basename(story.path.rstrip("/")),
        "form": story.form,
        "rows": story.rows,
        "axis": story.axis,
        "status": story.status.replace("_", " "),
        "replayed": story.replayed,
        "broke": None if story.broke is None else float(story.steps[story.broke]),
        "panels": [panel for panel in (_panel(story, *each) for each in PANELS) if panel["series"]],
        "alarms": [_event(story, event) for event in shown],
        "incidents": len({event.incident for event in story.alarms}),
        "more": len(story.alarms) - len(shown),
        "notes": [_event(story, event) for event in story.notes],
        "stones": [_stone(stone) for stone in story.stones],
        "version": __version__,
    }


def _panel(story: Story, title: str, names: tuple[str, ...]) -> dict[str, Any]:
    series: list[dict[str, Any]] = []
    for name in names:
        if name in story.curves:
            x, y, bad = thin(story.steps, *story.curves[name])
            series.append({"name": name, "x": x, "y": y, "bad": bad})
    return {"title": title, "series": series}


def _event(story: Story, event: Event) -> dict[str, Any]:
    place = float(story.steps[event.row])
    return {"x": place, "what": event.what.split(";"), "text": event.text, "incident": event.incident}


def _stone(stone: dict[str, Any]) -> dict[str, Any]:
    """Return a tombstone, with the step that its scope or evidence names."""
    places: list[Any] = [stone.get(part) for part in ("scope", "evidence")]
    named: list[Any] = [part.get("step") for part in places if isinstance(part, dict)]  # pyright: ignore[reportUnknownMemberType]
    steps = [step for step in named if isinstance(step, (int, float))]
    told = {name: stone.get(name, "") for name in ("time", "event", "policy", "operator")}
    details = {name: stone[name] for name in ("scope", "evidence") if stone.get(name)}
    return {
        **told,
        "x": steps[0] if steps else None,
        "text": json.dumps(details, ensure_ascii=False) if details else "",
    }
