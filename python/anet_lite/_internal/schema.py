"""The names that a snapshot's numbers have, in the order of the columns of a record."""

SIGNALS = ("loss", "grad_norm", "step_norm", "noise", "lr")
"""What ``Monitor.update`` takes."""

METRICS = ("theta", "sdot", "proc", "f_total", "zscore", "precursor")
"""The six documented metrics."""
