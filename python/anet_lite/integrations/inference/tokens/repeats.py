"""Tokens that come again: n-grams seen before, and sequences that do nothing else any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import Tensor

GRAM = 4
"""Tokens of an n-gram: those of healthy text repeat now and then, as its phrases do."""
WINDOW = 256
"""Tokens before the newest ones among which an n-gram counts as seen."""
PERIOD = 32
"""The longest period of a loop, in tokens."""
_BASE = 1_000_003
"""n-grams are compared by a polynomial of their tokens, modulo 2 ** 64."""


def repeated_grams(generated: Tensor, live: Tensor, newest: int) -> tuple[Tensor, Tensor]:
    """Return how many n-grams that end in the newest tokens came before, and how many there are.

    Args:
        generated: Tokens without the prompt, (sequences, tokens): what is copied from a prompt is no repetition.
        live: Which of them the model chose before its sequence ended.
        newest: How many tokens are new.

    """
    window = generated[:, -(newest + WINDOW) :]
    count = min(newest, window.shape[1] - GRAM + 1)
    if count < 1:
        return live.new_zeros((), dtype=torch.long), live.new_zeros((), dtype=torch.long)
    codes = _codes(window)
    same = codes[:, -count:, None] == codes[:, None, :]
    repeated = same.tril(codes.shape[1] - count - 1).any(-1)
    counted = live[:, -count:]
    return (repeated & counted).sum(), counted.sum()


def _codes(tokens: Tensor) -> Tensor:
    grams = tokens.shape[1] - GRAM + 1
    codes = tokens[:, :grams]
    for at in range(1, GRAM):
        codes = codes * _BASE + tokens[:, at : at + grams]
    return codes


def looping(generated: Tensor, live: Tensor, length: int) -> Tensor:
    """Return how many sequences loop: each of so many newest tokens is the one a period before, of 32 at most."""
    tail = generated[:, -(length + PERIOD) :]
    if tail.shape[1] <= length:
        return live.new_zeros((), dtype=torch.long)
    shifted = tail.unfold(1, length, 1)
    same = shifted[:, :-1] == shifted[:, -1:]
    return (same.all(-1).any(-1) & live[:, -1]).sum()
