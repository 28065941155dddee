"""Logs that programs print: each line's numbers by name, put together to a row for each step.

``printed`` undoes what a terminal does to a line, ``head`` cuts off what a logger puts before it, ``numbers`` finds the
numbers with their names, ``counters`` those of a step or an epoch that have none, ``tables`` those under a header;
``rows`` joins the lines of a step.
"""

from anet_lite.reader.forms.text_log.numbers import pairs
from anet_lite.reader.forms.text_log.printed import printed_lines
from anet_lite.reader.forms.text_log.source import TextLog

__all__ = ["TextLog", "pairs", "printed_lines"]
