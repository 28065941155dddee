"""From the numbers of an alarm to words.

``features`` says what a snapshot shows, ``causes`` is the table of what speaks for which cause, and ``explain`` ranks
the causes and words them.
"""

from anet_lite.explain.explain import Explanation, LikelyCause, explain

__all__ = ["Explanation", "LikelyCause", "explain"]
