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

from anet_lite.page.audit_records import step_of
from anet_lite.page.downsample import downsample
from anet_lite.page.heat_maps import heat_maps
from anet_lite.page.panels import panels
from anet_lite.page.words import said, title_of, words_of

if TYPE_CHECKING:
    from anet_lite.page.run import Event, Run

_ASSETS = Path(__file__).parent / "assets"

_LISTED = 400
"""Alarms that a page lists at most: more would make no page to read."""


def render(run: Run, lang: str = "en") -> str:
    """Return the page of a run, in English or Japanese."""
    return page_of(data_of(run, lang), _name(run))


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
        "STRIP_JS": _text("strip.js"),
        "HEAT_JS": _text("heat.js"),
        "JS": _text("page.js"),
    }
    parts["SCRIPTS"] = " ".join(_allowed(parts[name]) for name in ("UPLOT_JS", "STRIP_JS", "HEAT_JS", "JS"))
    # In one pass, since a name or a note may look like a mark of the template.
    return re.sub(r"@([A-Z_]+)@", lambda mark: parts[mark[1]], _text("page.html"))


def _allowed(script: str) -> str:
    """Return how a content security policy names a script: any other that got into the page would not run."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _text(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def data_of(run: Run, lang: str = "en") -> dict[str, Any]:
    """Return all that a page shows of a run, as plain types."""
    shown = run.alarms[:_LISTED]
    since = run.verdict.since if run.verdict else None
    more = len(run.alarms) - len(shown)
    ends = {event.incident: event.row for event in run.alarms}
    opening = {event.incident: at for at, event in reversed(list(enumerate(shown)))}
    return {
        "name": _name(run),
        "rows": run.rows,
        "axis": run.axis,
        "status": badge(run),
        "badge": said(badge(run), lang),
        "worst": run.worst,
        "broke": None if since is None else float(run.steps[since]),
        "words": words_of(run, lang, more),
        "strip": _strip(run, lang),
        "heat": heat_maps(run, lang),
        "panels": [
            panel
            for title, names in panels(run.signals)
            if (panel := _panel(run, title_of(title, lang), names))["series"]
        ],
        "alarms": [
            {**_event(run, event), **_end(run, event, ends, opening[event.incident] == at)}
            for at, event in enumerate(shown)
        ],
        "incidents": len(ends),
        "notes": [_event(run, event) for event in run.notes],
        "audit": [_audit_record(record) for record in run.audit],
        "auditRemark": run.audit_remark,
    }


def _strip(run: Run, lang: str) -> list[dict[str, Any]]:
    """Return each status with the part of the run in which it held."""
    begins = [float(run.steps[row]) for row, _ in run.statuses]
    ends = [*begins[1:], float(run.steps[-1])]
    return [
        {"x": x, "end": end, "status": status, "said": said(status, lang)}
        for x, end, (_, status) in zip(begins, ends, run.statuses)
    ]


def _name(run: Run) -> str:
    return os.path.basename(run.path.rstrip("/"))


def _end(run: Run, event: Event, ends: dict[int, int], opens: bool) -> dict[str, float]:
    """Return where an incident's last alarm is, for the alarm that opens it."""
    last = ends[event.incident]
    return {"end": float(run.steps[last])} if opens and last > event.row else {}


def badge(run: Run) -> str:
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
