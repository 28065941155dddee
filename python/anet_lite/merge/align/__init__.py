"""Units back in their places.

``units`` matches those of two matrices, ``search`` finds the orders of a whole model, ``alignment`` holds what was
found, and ``align`` is the way from two models to it.
"""

from anet_lite.merge.align.align import align
from anet_lite.merge.align.alignment import Alignment, UnitOrder

__all__ = ["Alignment", "UnitOrder", "align"]
