"""One self-contained page that shows a run: signals, metrics, alarms with their explanations, tombstones.

``run.read`` takes it from a file, ``downsample`` makes it small, ``page.html`` puts it into a page. The plots are drawn
by uPlot, which stands in ``uplot`` with its licence.
"""
