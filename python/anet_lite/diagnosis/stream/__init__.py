"""What a stream's alarm is, in a sentence that a person reads at three in the morning.

``sentence`` puts it together from the ``words`` of two languages, with ``figures`` that have no more digits than they
need.
"""

from anet_lite.diagnosis.stream.sentence import sentence

__all__ = ["sentence"]
