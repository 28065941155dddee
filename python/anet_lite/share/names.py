"""Names of signals that tell what they measure and nothing else."""

from __future__ import annotations

import re
from itertools import product
from string import ascii_lowercase
from typing import TYPE_CHECKING

from anet_lite._internal.group_quantities import is_of_group
from anet_lite._native import known_signal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ENDS = re.compile(r" - |/")
_LOSS_OF_SOME_DATA = re.compile(r"(val|eval|valid|validation|dev|test)_(.+)_loss")
_ONE_REWARD = re.compile(r"rewards_(.+)_mean")


def plain_names(names: Iterable[str]) -> dict[str, str]:
    """Return for each name another: the part in common use, or a letter in place of what only its owner knows.

    Each means the same to a monitor, by ``known_signal``. A group of layers has one letter for all its quantities.

    Example:
        >>> from anet_lite.share.names import plain_names
        >>> plain_names(["acme - objective/kl", "eval_acme_loss", "kl", "router_load"])
        {'acme - objective/kl': 'kl', 'eval_acme_loss': 'eval_a_loss', 'kl': 'a/kl', 'router_load': 'signal_a'}

    """
    found: dict[str, str] = {}
    names = list(names)
    groups = dict.fromkeys(name.rpartition("/")[0] for name in names if is_of_group(name))
    letters = dict(zip(groups, _letters()))
    for name in names:
        group, _, quantity = name.rpartition("/")
        if group in letters and is_of_group(name):
            found[name] = f"{letters[group]}/{quantity}"
            continue
        found[name] = next(each for each in _candidates(name) if each not in found.values())
    return found


def _candidates(name: str) -> Iterator[str]:
    """Yield what a name may become, the best first."""
    known = _known_part(name)
    if known is None:
        yield from (f"signal_{letters}" for letters in _letters())
        return
    before, after = _around_what_is_private(known)
    if before:
        yield from (f"{before}_{letters}_{after}" for letters in _letters())
    yield known
    yield from (f"{letters}/{known}" for letters in _letters())


def _known_part(name: str) -> str | None:
    """Return the end of a name that is in common use, in lower case with every other sign as ``_``."""
    starts = [0, *(found.end() for found in _ENDS.finditer(name))]
    means = known_signal(name)
    ends = (_snake(name[at:]) for at in reversed(starts))
    return next((end for end in ends if means and known_signal(end) == means), None)


def _around_what_is_private(known: str) -> tuple[str, str]:
    """Return what stands around the name of a data set or of a reward function; empty texts where there is none."""
    if found := _LOSS_OF_SOME_DATA.fullmatch(known):
        return found[1], "loss"
    return ("rewards", "mean") if _ONE_REWARD.fullmatch(known) else ("", "")


def _snake(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "_", name.strip().lower())


def _letters() -> Iterator[str]:
    """Yield a, b, ..., z, aa, ab and so on."""
    for count in range(1, 4):
        yield from ("".join(each) for each in product(ascii_lowercase, repeat=count))
