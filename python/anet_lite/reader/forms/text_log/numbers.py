"""The numbers of a line, by the names that stand before them."""

from __future__ import annotations

import re

from anet_lite.reader.forms.text_log.counters import BAR, is_counter, unnamed
from anet_lite.reader.printed import has_set, set_said

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d[\d_]*\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|nan|inf(?:inity)?"
NUMBER = re.compile(
    rf"(?<![\w.@])(?<!\w-)(?<!\d:)([+-]?(?:{_DIGITS}))(?:st|nd|rd|th)?(?![\w.]*\w|:\d|-\d|,\d)",
    re.IGNORECASE | re.ASCII,
)
"""A number that stands by itself: none within a word, a time, a date or a version."""
_WORD = r"[^\W\d][\w./@'-]*(?:\([^\s:=]*\))*"
_NAME = rf"(?<![\w.])({_WORD}(?: {_WORD})*)(?: \([^()]*\))?['\"]?"
_SIGN = r"\s*(?:=>|->|[:=]|\bis\b)\s*"
_WRAP = r"(?:(?:tensor|(?:np\.|numpy\.)?float\d*|(?:np\.|jnp\.)?[aA]rray|DeviceArray)\(|[\[('\"$#]|\s)*"
"""What a program prints around a number when it prints an object."""
_SIGNED = re.compile(rf"{_NAME}{_SIGN}{_WRAP}$")
_SPACED = re.compile(rf"{_NAME}(?=[\s\[#]){_WRAP}$")
_KNOWN = re.compile(
    r"(^|[_/.-])(loss|iter|iters|iteration|step|epoch|batch|updates|lr|rate|norm|gnorm|ppl|perplexity|acc|accuracy|xent|cost|mse|mae)$",
    re.IGNORECASE,
)
"""Last words of names that are written before their number without a sign between."""
_CELL = re.compile(rf"\|\s*{_NAME}\s+{_WRAP}$")
"""A cell between bars is a name and its number, whatever the name."""
_NOISE = frozenset(
    ["info", "debug", "warning", "error", "root", "at", "we", "got", "the", "with", "has", "have", "and", "to", "by"]
)
_VERBS = ("is", "was")
_MOST = 4
"""Words of a name."""


def pairs(line: str) -> dict[str, float]:
    """Return the numbers of a line by their names; those of data that is not trained on begin with ``val/``.

    Example:
        >>> from anet_lite.reader.forms.text_log import pairs
        >>> pairs("iter 10: loss 2.3100, time 120.00ms | learning rate: 3.0E-04 |")
        {'iter': 10.0, 'loss': 2.31, 'learning rate': 0.0003}
        >>> pairs("Epoch 3/9, validation: loss 0.5")
        {'Epoch': 3.0, 'val/loss': 0.5}

    """
    found: dict[str, float] = {}
    end, is_other, line = 0, False, BAR.sub(r" iter \1 [", line)
    for match in NUMBER.finditer(line):
        name, before = _name_in(line[end : match.start()])
        is_other = set_said(before, is_other)
        end = match.end()
        if name:
            found.setdefault(_of_set(name, is_other), _value(match[1]))
    for name, value in unnamed(line):
        if not (is_counter(name) and any(is_counter(other, name) for other in found)):
            found.setdefault(name, value)
    return found


def _name_in(gap: str) -> tuple[str, str]:
    """Return the name at the end of a gap between two numbers, "" where there is none, and what stands before it."""
    sure = _SIGNED.search(gap) or _CELL.search(gap)
    match = sure or _SPACED.search(gap)
    if not match:
        return "", gap
    words = match[1].split(" ")
    kept = _after_noise(words)[-_MOST:]
    kept = kept[:-1] if len(kept) > 1 and kept[-1] in _VERBS else kept
    name = " ".join(kept).strip("'\"-. ")
    if not name or not (sure or _KNOWN.search(kept[-1].strip("'\"-."))):
        return "", gap
    before = gap[: match.start()] + " ".join(words[: len(words) - len(kept)])
    return (kept[-1], " ".join([before, *kept[:-1]])) if is_counter(kept[-1]) else (name, before)


def _after_noise(words: list[str]) -> list[str]:
    """Return the last words without those before a sentence's end, a level or a filler."""
    noise = [at for at, word in enumerate(words[:-1]) if word.lower() in _NOISE or word.endswith(".")]
    return words[noise[-1] + 1 :] if noise else words


def _of_set(name: str, is_other: bool) -> str:
    return f"val/{name}" if is_other and not is_counter(name) and not has_set(name) else name


def _value(text: str) -> float:
    return float(text.replace("_", "").replace(",", ""))
