"""What the demo shows.

``report`` prints and ``plot`` draws the run with its alarm; ``metrics_report`` and ``metrics_plot`` show what the six
metrics saw of it, and the zeta trace.
"""
