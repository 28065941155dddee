"""``anet-lite demo``: a small model trained until its learning rate breaks it, and what was seen of it beforehand.

``model.py`` trains. ``watch.py`` lets the monitor see the run, ``report.py`` prints and ``picture.py`` draws what it
said. The second part, ``--metrics``: ``metrics.py`` takes the six metrics along the same run, ``moved.py`` says when
each of them left its calm range, ``metrics_report.py`` prints and ``metrics_picture.py`` draws that, with the zeta
trace of ``jolt.py``. ``story.py`` holds the run and what was seen of it together; ``command.py`` is the command.
"""
