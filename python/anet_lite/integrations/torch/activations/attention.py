"""How evenly an attention looks at what it may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from anet_lite.integrations.torch.activations.routing import entropy

if TYPE_CHECKING:
    from torch import Tensor

#: Queries of the first sequence that are looked at.
QUERIES = 32


def entropy_of_weights(weights: Tensor) -> Tensor:
    """Return the mean entropy of rows of weights, each over the logarithm of how many keys it may see.

    1 is an attention that looks at all alike, 0 one that looks at a single key. Rows that see one key are left out; NaN
    where there is no other.
    """
    first = weights[0].float()
    rows = first[..., _some(first.shape[-2], first.device), :]
    seen = (rows > 0).sum(-1)
    return (entropy(rows) / seen.clamp(min=2).log())[seen > 1].mean()


def entropy_of_scores(
    query: Tensor,
    key: Tensor,
    mask: Tensor | None = None,
    is_causal: bool = False,
    scale: float | None = None,
) -> Tensor:
    """Return the same from what `scaled_dot_product_attention` was given, for some queries of the first sequence."""
    length, keys = query.shape[-2], key.shape[-2]
    chosen = _some(length, query.device)
    one, other = query[:1][..., chosen, :], key[:1]
    if query.dim() > 3 and other.shape[-3] != one.shape[-3]:
        other = other.repeat_interleave(one.shape[-3] // other.shape[-3], -3)  # grouped queries
    scores = (one @ other.transpose(-2, -1)).float() * (query.shape[-1] ** -0.5 if scale is None else scale)
    if is_causal:
        scores = scores.masked_fill(torch.arange(keys, device=query.device) > chosen[:, None], -torch.inf)
    if mask is not None:
        own = mask.expand(*query.shape[:-1], keys)[:1][..., chosen, :]
        scores = scores.masked_fill(~own, -torch.inf) if own.dtype == torch.bool else scores + own
    return entropy_of_weights(scores.softmax(-1))


def _some(length: int, device: torch.device) -> Tensor:
    """Return the places of evenly spaced queries, the last one among them."""
    return torch.linspace(0, length - 1, min(length, QUERIES), device=device).round().long()
