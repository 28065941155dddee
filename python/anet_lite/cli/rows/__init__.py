"""What the commands print, as streams of rows without a screen.

``value`` is what a cell holds; ``samples`` makes the rows of ``anet-lite detect``, ``zeta_trace`` those of
``anet-lite trace``.
"""
