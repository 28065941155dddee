"""What stands on the numbers that ``PrometheusTracker`` writes: a dashboard for Grafana, alert rules for Prometheus.

``panels`` is the table of what is drawn, ``grafana`` makes a dashboard to import of it; ``rules`` is the table of
alerts, and writes them as a rule file.
"""

from anet_lite.dashboard.grafana import grafana_dashboard
from anet_lite.dashboard.rules import alert_rules

__all__ = ["alert_rules", "grafana_dashboard"]
