"""Whether a text is a log rather than a table, by its first lines."""

from __future__ import annotations

from anet_lite.reader.forms.text_log.counters import is_counter
from anet_lite.reader.forms.text_log.numbers import pairs
from anet_lite.reader.forms.text_log.tables import is_box
from anet_lite.reader.printed import headed, printed_lines, states

_LOOKED_AT = 100
_ENOUGH = 1 / 3
"""The part of the lines that name a number: in a table the header alone has names."""


def is_log(text: str) -> bool:
    r"""Return whether a third of the first lines name a number that is no counter, or most are lines of a box.

    Example:
        >>> from anet_lite.reader.forms.text_log import is_log
        >>> is_log("step 1 | loss 2.5 |\nstep 2 | loss 2.4 |"), is_log("step|loss\n1|2.5\n2|2.4")
        (True, False)

    """
    shown = [state for line in printed_lines(text)[:_LOOKED_AT] for state in states(line)[:_LOOKED_AT] if state.strip()]
    named = [not all(map(is_counter, pairs(headed(state).text))) for state in shown[:_LOOKED_AT]]
    return sum(named) > _ENOUGH * len(named) or is_box(shown)
