"""A run by formula for each rule of the monitor: what goes wrong in it, and the picture of what the rule sees.

``healthy`` is the run that all of them begin with, ``spoils`` are ways to spoil it, ``faults`` a fault a rule, ``fired``
what the monitor says of one, ``picture`` draws it, ``page`` writes docs/rules.md: ``python -m rule_runs`` does both.
"""
