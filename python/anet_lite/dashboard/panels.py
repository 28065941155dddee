"""What is drawn: for each panel its title, its kind, and the expressions over the tracker's metrics."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_STREAMS = '{stream=~"$stream"}'

STATUS: dict[int, tuple[str, str]] = {
    0: ("warming up", "blue"),
    1: ("healthy", "green"),
    2: ("settled", "yellow"),
    3: ("suspect", "orange"),
    4: ("failing", "red"),
}
"""What ``anet_status`` means, and its colour."""
ALARM: dict[int, tuple[str, str]] = {0: ("calm", "green"), 1: ("alarm", "red")}
"""What ``anet_stream_alarm`` means."""


@dataclass(frozen=True)
class Panel:
    """A panel of the dashboard."""

    title: str
    expressions: tuple[str, ...]
    """In PromQL; ``$stream`` is the choice of streams."""
    kind: str = "timeseries"
    width: int = 8
    """Of the 24 columns of a dashboard."""
    unit: str = "short"
    logarithmic: bool = False
    line: float | None = None
    """A value that is drawn as a red line."""
    states: dict[int, tuple[str, str]] = field(default_factory=dict[int, tuple[str, str]])
    """Texts and colours of values."""


SECTIONS: dict[str, tuple[Panel, ...]] = {
    "Streams": (
        Panel("Alarms", (f"anet_stream_alarm{_STREAMS}",), "state-timeline", 24, states=ALARM),
        Panel("Score", (f"anet_stream_score{_STREAMS}",), width=12),
        Panel(
            "How rare: -log10 of the p-value, 4 is once in 10,000 samples",
            (f"-log10(clamp_min(anet_stream_p_value{_STREAMS}, 1e-12))",),
            width=12,
            line=4.0,
        ),
        Panel("Alarms so far", (f"anet_stream_alarms_total{_STREAMS}",), width=12),
        Panel(
            "Time since the newest sample",
            (f"time() - anet_stream_last_sample_timestamp_seconds{_STREAMS}",),
            width=12,
            unit="s",
        ),
    ),
    "Training runs": (
        Panel("Status", ("anet_status",), "state-timeline", 24, states=STATUS),
        Panel("Loss", ("anet_loss",)),
        Panel("Gradient norm", ("anet_grad_norm",), logarithmic=True),
        Panel("Update norm", ("anet_step_norm",), logarithmic=True),
        Panel("Learning rate", ("anet_lr",), unit="sci"),
        Panel("Gradient noise", ("anet_noise",), logarithmic=True),
        Panel("Alarms by rule", ("anet_alarms_total",)),
        Panel("Theta and F_total", ("anet_theta", "anet_f_total", "anet_sdot", "anet_proc")),
        Panel("Score of the newest losses; above 2.5 is a precursor", ("anet_zscore",), line=2.5),
        Panel("Time since the newest step", ("time() - anet_last_step_timestamp_seconds",), unit="s"),
    ),
}
"""The dashboard, section by section."""


def expressions() -> list[str]:
    """Return all expressions."""
    return [each for panels in SECTIONS.values() for panel in panels for each in panel.expressions]


def mappings(states: dict[int, tuple[str, str]]) -> list[dict[str, Any]]:
    """Return states as Grafana's value mappings."""
    options = {str(value): {"index": value, "text": text, "color": color} for value, (text, color) in states.items()}
    return [{"type": "value", "options": options}] if options else []
