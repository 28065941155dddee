"""``anet-lite dashboard``: a dashboard for Grafana, or alert rules for Prometheus."""

from __future__ import annotations

from typing import Annotated

import typer

EXAMPLES = """Examples:

- `anet-lite dashboard > anet-lite.json`
- `anet-lite dashboard --rules > anet-lite.rules.yml`
"""


def dashboard(
    rules: Annotated[
        bool, typer.Option("--rules", help="Write a rule file with alerts for Prometheus in place of the dashboard.")
    ] = False,
) -> None:
    """Write a dashboard of streams and runs that Grafana imports.

    It shows what the tracker for Prometheus writes. In Grafana: Dashboards, New, Import, and this file. Rules go into
    a file that `rule_files` of Prometheus names.
    """
    import json

    from anet_lite.dashboard import alert_rules, grafana_dashboard

    typer.echo(alert_rules() if rules else json.dumps(grafana_dashboard(), indent=2) + "\n", nl=False)
