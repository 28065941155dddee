"""The monitor of a training run.

``alarm``, ``snapshot`` and ``updates`` are what it answers, ``reference`` the good runs that it may be compared with,
``monitor`` itself, ``group`` its part for some of the parameters, ``replay`` its way through a run log.
"""
