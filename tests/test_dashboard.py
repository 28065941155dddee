"""The dashboard and the alert rules: well formed, over metrics that are written, and as the files in ``examples``."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path

import pytest

import command_line
from anet_lite.dashboard import alert_rules, grafana_dashboard
from anet_lite.dashboard.panels import expressions
from anet_lite.dashboard.rules import GROUPS
from anet_lite.integrations.prometheus import GAUGES, STREAM_GAUGES

EXAMPLES = Path(__file__).parent.parent / "examples"

WRITTEN = {
    *(f"anet_{name}" for name in GAUGES),
    *(f"anet_stream_{name}" for name in STREAM_GAUGES),
    *("anet_alarms_total", "anet_step", "anet_last_step_timestamp_seconds"),
    *("anet_stream_alarms_total", "anet_stream_last_sample_timestamp_seconds"),
}
"""What ``PrometheusTracker`` writes: tests/frameworks/test_prometheus.py compares it with its file."""

RULE = re.compile(
    r"      - alert: (Anet[A-Za-z]+)\n"
    r"        expr: (\".+\")\n"
    r"        for: \d+m\n"
    r"        labels:\n"
    r"          severity: (?:warning|critical)\n"
    r"        annotations:\n"
    r"          summary: (\".+\")\n"
)


def metrics(expression: str) -> set[str]:
    return set(re.findall(r"anet_\w+", expression))


def test_every_drawn_metric_is_written():
    drawn = {name for expression in expressions() for name in metrics(expression)}
    assert drawn <= WRITTEN
    assert len(drawn) > 15


def test_every_alert_stands_on_metrics_that_are_written():
    used = {name for rules in GROUPS.values() for rule in rules for name in metrics(rule.expression)}
    assert used <= WRITTEN
    assert len(used) == 5


def test_the_dashboard_has_what_grafana_imports():
    dashboard = grafana_dashboard(title="Mine", uid="mine")
    assert (dashboard["title"], dashboard["uid"], dashboard["id"]) == ("Mine", "mine", None)
    assert json.loads(json.dumps(dashboard, allow_nan=False)) == dashboard
    choices = {choice["name"]: choice["type"] for choice in dashboard["templating"]["list"]}
    assert choices == {"datasource": "datasource", "stream": "query"}
    for panel in dashboard["panels"]:
        assert {"id", "type", "title", "gridPos"} <= set(panel)
        if panel["type"] != "row":
            assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
            assert [target["refId"] for target in panel["targets"]] == list("ABCD")[: len(panel["targets"])]
            assert all(target["expr"] for target in panel["targets"])
            assert "defaults" in panel["fieldConfig"]


def test_panels_have_numbers_and_places_of_their_own():
    panels = grafana_dashboard()["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    places = [panel["gridPos"] for panel in panels]
    assert all(place["x"] >= 0 and place["x"] + place["w"] <= 24 for place in places)
    assert not [(a, b) for a, b in combinations(places, 2) if overlap(a, b)]


def overlap(a: dict[str, int], b: dict[str, int]) -> bool:
    return all(a[at] < b[at] + b[size] and b[at] < a[at] + a[size] for at, size in (("x", "w"), ("y", "h")))


def test_every_variable_of_an_expression_can_be_chosen():
    dashboard = grafana_dashboard()
    chosen = {f"${choice['name']}" for choice in dashboard["templating"]["list"]}
    assert {name for expression in expressions() for name in re.findall(r"\$\w+", expression)} <= chosen


def test_the_rule_file_holds_rules_and_nothing_else():
    text = alert_rules(silent=120)
    names, texts = [], []
    head, *groups = re.split(r"^  - name: \"[^\"]+\"\n    rules:\n", text, flags=re.MULTILINE)
    assert (head, len(groups)) == ("groups:\n", len(GROUPS))
    for group in groups:
        found = list(RULE.finditer(group))
        assert "".join(rule[0] for rule in found) == group
        names += [rule[1] for rule in found]
        texts += [json.loads(rule[at]) for rule in found for at in (2, 3)]
    assert names == [rule.name for rules in GROUPS.values() for rule in rules]
    assert len(set(names)) == len(names)
    assert "time() - anet_last_step_timestamp_seconds > 120" in texts
    assert not [text for text in texts if "{silent}" in text]


@pytest.mark.parametrize(("options", "file"), [((), "grafana_dashboard.json"), (("--rules",), "prometheus_rules.yml")])
def test_the_command_writes_the_file_of_the_examples(options: tuple[str, ...], file: str):
    done = command_line.run("dashboard", *options)
    assert done.returncode == 0
    assert done.stdout == (EXAMPLES / file).read_text(encoding="utf-8"), f"anet-lite dashboard > examples/{file}"
