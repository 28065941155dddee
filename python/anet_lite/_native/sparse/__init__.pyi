"""The published anomaly score.

``encoder`` turns a window into a ``signature``, ``anomaly`` scores it against those before, ``scorer`` does both for a
stream, ``pool`` for many, ``score`` is what they answer.
"""
