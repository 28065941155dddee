"""A run as one HTML file, with everything in it."""

from __future__ import annotations

import html
import json
import os
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anet_lite._native import __version__
from anet_lite.page.audit_records import step_of
from anet_lite.page.downsample import downsample
from anet_lite.page.panels import panels
from anet_lite.reader.ending import ending_sentence
from anet_lite.verdict import sentence

if TYPE_CHECKING:
    from anet_lite.page.run import Event, Run

_ASSETS = Path(__file__).parent / "assets"

_LISTED = 400
"""Alarms that a page lists at most: more would make no page to read."""


def render(run: Run) -> str:
    """Return the page of a run."""
    return page_of(_data(run), os.path.basename(run.path.rstrip("/")))


def page_of(data: dict[str, Any], title: str) -> str:
    """Return a page with its data, as one file."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    parts = {
        "TITLE": html.escape(title).encode("utf-8", "replace").decode(),
        "UPLOT_CSS": _text("uplot/uPlot.min.css"),
        "CSS": _text("page.css"),
        "UPLOT_JS": _text("uplot/uPlot.iife.min.js"),
        "LICENCE": _text("uplot/LICENSE"),
        # What no UTF-8 can hold is an escape of JSON's own.
        "DATA": text.replace("<", "\\u003c").encode("utf-8", "backslashreplace").decode(),
        "JS": _text("page.js"),
    }
    parts["SCRIPTS"] = " ".join(map(_allowed, (parts["UPLOT_JS"], parts["JS"])))
    # In one pass, since a name or a note may look like a mark of the template.
    return re.sub(r"@([A-Z_]+)@", lambda mark: parts[mark[1]], _text("page.html"))


def _allowed(script: str) -> str:
    """Return how a content security policy names a script: any other that got into the page would not run."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _text(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _data(run: Run) -> dict[str, Any]:
    shown = run.alarms[:_LISTED]
    since = run.verdict.since if run.verdict else None
    return {
        "name": os.path.basename(run.path.rstrip("/")),
        "form": run.form,
        "rows": run.rows,
        "axis": run.axis,
        "status": _badge(run).replace("_", " "),
        "worst": run.worst.replace("_", " "),
        "remark": run.remark,
        "replayed": run.replayed,
        "broke": None if since is None else float(run.steps[since]),
        "verdict": _words_of(run),
        "panels": [panel for panel in (_panel(run, *each) for each in panels(run.signals)) if panel["series"]],
        "alarms": [_event(run, event) for event in shown],
        "incidents": len({event.incident for event in run.alarms}),
        "more": len(run.alarms) - len(shown),
        "notes": [_event(run, event) for event in run.notes],
        "audit": [_audit_record(record) for record in run.audit],
        "auditRemark": run.audit_remark,
        "version": __version__,
    }


def _words_of(run: Run) -> str:
    """Return how the run went, and why it ended where its log says so."""
    said = [sentence(run.verdict)] if run.verdict else []
    return " ".join([*said, *([ending_sentence(run.ending)] if run.ending else [])])


def _badge(run: Run) -> str:
    """Return the verdict where it is bad, since it looks both ways; else the monitor's status at the end."""
    kind = run.verdict.kind if run.verdict else ""
    return kind if kind in ("failing", "settled_worse", "overfits", "collapsed") else run.status


def _panel(run: Run, title: str, names: tuple[str, ...]) -> dict[str, Any]:
    series: list[dict[str, Any]] = []
    for name in names:
        if name in run.curves:
            x, y, bad = downsample(run.steps, *run.curves[name])
            series.append({"name": name, "x": x, "y": y, "bad": bad})
    return {"title": title, "series": series}


def _event(run: Run, event: Event) -> dict[str, Any]:
    x = float(run.steps[event.row])
    return {"x": x, "what": event.what.split(";"), "text": event.text, "incident": event.incident}


def _audit_record(record: dict[str, Any]) -> dict[str, Any]:
    """Return what the page shows of an audit record, with the step that its scope or evidence names."""
    details = {name: record[name] for name in ("scope", "evidence") if record.get(name)}
    return {
        **{name: _words(record.get(name, "")) for name in ("time", "event", "policy", "operator")},
        "x": step_of(record),
        "text": _words(details) if details else "",
    }


def _words(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
