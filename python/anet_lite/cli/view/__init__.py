"""What a command shows.

``output`` prints rows as a table, CSV or JSON lines, ``sample_lines`` columns as they come, ``alarm_list`` the alarms
of streams in words, ``progress`` a bar, ``watch_view`` a run while it runs. The plots of ``plot`` and ``trace`` are
``run_plot`` and ``trace_plot``, which import matplotlib when they draw.
"""
