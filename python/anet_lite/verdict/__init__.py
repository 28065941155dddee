"""How a run that is over went: the levels of its loss, a verdict, a sentence. Looks both ways, as no monitor can."""

from anet_lite.verdict.judge import judge
from anet_lite.verdict.named_signals import SIGNAL_RULES, by_signals
from anet_lite.verdict.retrospect import retrospect
from anet_lite.verdict.sentence import sentence
from anet_lite.verdict.verdict import KINDS, NEEDED, Verdict

__all__ = ["KINDS", "NEEDED", "SIGNAL_RULES", "Verdict", "by_signals", "judge", "retrospect", "sentence"]
