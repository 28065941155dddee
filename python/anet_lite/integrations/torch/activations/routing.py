"""How a router spreads its tokens over experts."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import Tensor

#: How far from 1 the sum of a row may be for the row to be probabilities: half precision rounds.
_ROUNDING = 0.02


def routing(output: Tensor) -> dict[str, Tensor]:
    """Return entropies and load of a router's output: a row of logits, or of probabilities, for each token.

    With p the softmax of a row and f the shares of tokens whose largest p is that of each of E experts:
    router_entropy = mean over rows of -sum p log p / log E, expert_share = max f and
    expert_entropy = -sum f log f / log E.
    """
    rows = output.reshape(-1, output.shape[-1]).float()
    experts = max(2, rows.shape[-1])
    is_share = (rows.min() >= 0) & ((rows.sum(-1) - 1).abs().max() < _ROUNDING)
    shares = torch.where(is_share, rows, rows.softmax(-1))
    chosen = torch.zeros(experts, device=rows.device)
    load = chosen.index_add(0, rows.argmax(-1), torch.ones(len(rows), device=rows.device)) / len(rows)
    return {
        "expert_share": load.max(),
        "expert_entropy": entropy(load) / log(experts),
        "router_entropy": entropy(shares).mean() / log(experts),
    }


def entropy(shares: Tensor) -> Tensor:
    """Return the entropy of each row of shares, in nats; 0 log 0 is 0."""
    return -torch.xlogy(shares, shares).sum(-1)
