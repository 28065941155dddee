"""From measures to findings: a rule a function, in the order of ``RULES``.

``structure`` looks at names, shapes and types; ``documents`` at config and tokenizer; ``numbers`` at what is broken by
itself; ``matrices`` at what is another model, with ``units`` that have moved; ``changes`` at what was done to the base.
"""

from anet_lite.merge.rules.judge import RULES, Pair, judge

__all__ = ["RULES", "Pair", "judge"]
