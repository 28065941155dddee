"""Logs that programs print: each line's numbers by name, put together to a row for each step.

``numbers`` finds the numbers that have a name, ``counters`` the steps and epochs that have none, ``tables`` what stands
under a header; ``rows`` joins the lines of a step.
"""

from anet_lite.reader.forms.text_log.numbers import pairs
from anet_lite.reader.forms.text_log.source import TextLog
from anet_lite.reader.forms.text_log.tables import is_box

__all__ = ["TextLog", "is_box", "pairs"]
