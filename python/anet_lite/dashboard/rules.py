"""Alerts over the tracker's metrics, as a rule file of Prometheus."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """An alert."""

    name: str
    expression: str
    severity: str
    summary: str
    wait: str = "0m"
    """For how long the expression must hold."""


GROUPS: dict[str, tuple[Rule, ...]] = {
    "anet-lite streams": (
        Rule("AnetStreamAlarm", "anet_stream_alarm == 1", "warning", "Stream {{ $labels.stream }} is in alarm."),
        Rule(
            "AnetStreamStrange",
            "anet_stream_p_value <= 0.0001 unless anet_stream_alarm == 1",
            "warning",
            "Stream {{ $labels.stream }} looks as a healthy one does in one sample of 10,000 at most.",
        ),
        Rule(
            "AnetStreamSilent",
            "time() - anet_stream_last_sample_timestamp_seconds > {silent}",
            "warning",
            "No sample of stream {{ $labels.stream }} for {{ $value | humanizeDuration }}.",
        ),
    ),
    "anet-lite runs": (
        Rule("AnetRunFailing", "anet_status == 4", "critical", "The training run is failing."),
        Rule("AnetRunSuspect", "anet_status == 3", "warning", "The training run has been suspect for 5 minutes.", "5m"),
        Rule(
            "AnetRunSilent",
            "time() - anet_last_step_timestamp_seconds > {silent}",
            "warning",
            "No step of the training run for {{ $value | humanizeDuration }}: it has ended, hangs or has died.",
        ),
    ),
}
"""The alerts. A file of the node exporter stays when its writer dies, so silence needs a rule of its own."""


def alert_rules(silent: int = 600) -> str:
    """Return alert rules for the metrics that ``PrometheusTracker`` writes, as the text of a rule file.

    Args:
        silent: Seconds without a sample or a step after which a stream or a run is silent.

    Example:
        >>> from anet_lite.dashboard import alert_rules
        >>> print("".join(alert_rules().splitlines(keepends=True)[:5]), end="")
        groups:
          - name: "anet-lite streams"
            rules:
              - alert: AnetStreamAlarm
                expr: "anet_stream_alarm == 1"

    """
    lines = ["groups:"]
    for name, rules in GROUPS.items():
        lines += [f"  - name: {_text(name)}", "    rules:"]
        for rule in rules:
            lines += _lines(rule, silent)
    return "\n".join(lines) + "\n"


def _lines(rule: Rule, silent: int) -> list[str]:
    return [
        f"      - alert: {rule.name}",
        f"        expr: {_text(rule.expression.replace('{silent}', str(silent)))}",
        f"        for: {rule.wait}",
        "        labels:",
        f"          severity: {rule.severity}",
        "        annotations:",
        f"          summary: {_text(rule.summary)}",
    ]


def _text(text: str) -> str:
    """Return a text as YAML's double-quoted ones, which JSON's are."""
    return json.dumps(text)
