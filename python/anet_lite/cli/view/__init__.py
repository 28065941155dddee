"""What a command shows.

``output`` prints rows as a table, CSV or JSON lines, ``progress`` a bar, ``watch_view`` a run while it runs. The plots
of ``plot``, ``trace`` and ``detect`` are ``run_plot``, ``trace_plot`` and ``detection_plot``, which import matplotlib
when they draw.
"""
