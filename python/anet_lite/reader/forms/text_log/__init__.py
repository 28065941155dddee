"""Logs that programs print: each line's numbers by name, put together to a row for each step.

``numbers`` finds the numbers that have a name, ``counters`` the steps and epochs that have none, ``tables`` what stands
under a header; ``rows`` joins the lines of a step.
``looks`` tells a log from a table.
"""

from anet_lite.reader.forms.text_log.looks import is_log
from anet_lite.reader.forms.text_log.numbers import pairs
from anet_lite.reader.forms.text_log.source import TextLog

__all__ = ["TextLog", "is_log", "pairs"]
