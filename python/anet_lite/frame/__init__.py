"""Alarms of the columns of a data frame, as frames of the same library.

``detect`` is the way from one to the other. ``choose`` says which columns are streams, times and keys; ``columns`` is
what every library's columns can do, ``pandas_columns``, ``polars_columns`` and ``plain_columns`` do it; ``detected`` is
the answer.
"""

from anet_lite.frame.detect import detect
from anet_lite.frame.detected import Detected

__all__ = ["Detected", "detect"]
