"""``anet-lite demo``: a small model trained until its learning rate breaks it, and what the metrics saw.

``model.py`` trains, ``watch.py`` takes the metrics along the way, ``moved.py`` says when each of them left its calm
range, ``story.py`` holds all that together; ``jolt.py`` is the zeta trace; ``report.py`` prints, ``picture.py`` draws,
and ``command.py`` is what the user calls.
"""
