"""The demo's second part, ``--metrics``: what the six metrics saw of the run, beside the zeta trace.

``snapshots`` takes the metrics along the run, ``calm_range`` finds the step at which each left its calm range, and
``jolt`` computes the zeta trace.
"""
