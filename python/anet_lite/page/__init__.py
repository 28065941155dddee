"""One self-contained page that shows a run: signals, metrics, alarms with their explanations, audit records.

``report`` makes it, ``show`` draws it in a notebook. ``read_run`` takes a ``run`` from a file and ``audit_records``
what was done about it from a tombstone log; ``downsample`` thins the curves, ``panels`` says which share a plot, and
``render`` fills the page. Its text, style and script stand in ``assets``, with uPlot, which draws, and its licence.
"""

from anet_lite.page.report import report
from anet_lite.page.show import Shown, show

__all__ = ["Shown", "report", "show"]
