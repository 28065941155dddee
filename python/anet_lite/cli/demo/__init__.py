"""``anet-lite demo``: a small model trained until its learning rate breaks it, and what was seen of it beforehand.

``model`` trains, ``watch`` gives the run to a monitor, and ``metrics`` takes the six metrics along it. ``experiment``
holds the run, its healthy twin and what was seen of both, ``view`` prints and draws that; ``command`` is the command.
"""
