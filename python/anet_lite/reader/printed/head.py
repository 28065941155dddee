"""What a logger puts before a line: the rank of the process, the time, the level."""

from __future__ import annotations

import re
from typing import NamedTuple

_RANK = re.compile(
    r"\s*\[?(?:(?:default|rank|gpu|worker)[ :_=-]?(\d+)\]?\s*[:|]|(?:default|rank|gpu)[ :_=-]?(\d+)\])\s*", re.I
)
_DATE = r"\d{4}[-/]\d\d?[-/]\d\d?[T _]\d\d?:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?"
_TIME = re.compile(rf"\s*[\[(<]?\s*({_DATE})")
"""A whole date; others do not say the year, or not which number is the month."""
_OTHERS = re.compile(
    r"\s*[\[(<]?\s*(?:"
    r"\d\d?/\d\d?(?:/\d{2,4})?[ ,]+\d\d?:\d\d(?::\d\d)?(?:[.,]\d+)?"  # detectron2, logging of examples
    r"|[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+\s+\d+ [\w.]+:\d+"  # glog, Caffe, absl
    r"|[A-Z][a-z]{2}(?: [A-Z][a-z]{2})?\s+\d\d? \d\d:\d\d:\d\d(?: \d{4})?"  # syslog, ctime
    r"|\d\d?[-/][A-Z][a-z]{2}[-/]\d{2,4}[ ,]+\d\d:\d\d:\d\d"
    r"|\d\d?:\d\d:\d\d(?:[.,]\d+)?(?=[\s\]|-])"
    r")"
)
_LEVEL = re.compile(r"^.{0,80}?\b(?:DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL)\b")
_PLACE = re.compile(r"[\w.]+\.py(?: \d+|:\d+(?=\W))\)?")
"""The line of a program that logged it, with its number."""


class Headed(NamedTuple):
    """A line, and what stood before it."""

    rank: int | None
    time: str
    """The date and time as written; empty where there is none."""
    text: str


def headed(line: str) -> Headed:
    """Take the head off a line.

    Example:
        >>> from anet_lite.reader.printed import headed
        >>> headed("[rank1]:2024-06-03 20:47:02,123 - root - INFO - step: 1")
        Headed(rank=1, time='2024-06-03 20:47:02,123', text=' - step: 1')

    """
    ranked = _RANK.match(line)
    rank = int(ranked[1] or ranked[2]) if ranked else None
    line = line[ranked.end() :] if ranked else line
    timed = _TIME.match(line)
    found = timed or _OTHERS.match(line)
    if found:
        line = line[found.end() :]
    return Headed(rank, timed[1] if timed else "", _without_level(line))


def _without_level(line: str) -> str:
    """Cut off what stands before the level: names of modules and hosts, with numbers that mean nothing."""
    level = _LEVEL.match(line)
    if level and not re.search(r"[=|]|loss|step|epoch|iter", level[0], re.I):
        line = line[level.end() :]
    return _PLACE.sub(" ", line) if ".py" in line else line
