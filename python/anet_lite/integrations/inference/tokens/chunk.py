"""Some steps of one call as one vector of sums, so that one copy carries them to the host."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch

from anet_lite.integrations.inference.tokens.repeats import looping, repeated_grams
from anet_lite.integrations.torch.device.precision import sum_dtype

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

SUMS = ("entropy", "margin", "judged", "excess", "chosen", "nonfinite", "repeated", "grams", "looping")
"""What a chunk's vector holds; `TOKENS` makes signals of it."""
OUTPUT = ("tokens", "unfinished")
"""What the vector of a whole output holds."""


class Step(NamedTuple):
    """What is kept of the logits of one step, for each sequence."""

    position: int
    """Which token they choose, counted from the prompt's end."""
    entropy: Tensor
    """In nats; NaN where a logit is NaN or positive infinity."""
    top: Tensor
    """The two largest probabilities."""
    chosen: Tensor | None
    """The probability of the token that was chosen; None while it is not known."""


def alive(generated: Tensor, ends: Tensor | None) -> Tensor:
    """Return before which tokens a sequence had not ended, and at last whether it goes on: one more than the tokens."""
    going = generated.new_ones((generated.shape[0], generated.shape[1] + 1), dtype=torch.bool)
    if ends is not None:
        going[:, 1:] = torch.isin(generated, ends).cumsum(1) == 0
    return going


def chunk_sums(steps: Sequence[Step], generated: Tensor, ends: Tensor | None, loop: int) -> Tensor:
    """Return the sums of some steps, in the order of ``SUMS``.

    Args:
        steps: Steps that follow each other, each of a token that was generated or of the next one.
        generated: Tokens up to there, without the prompt, (sequences, tokens).
        ends: Tokens that end or pad a sequence.
        loop: Tokens of a loop.

    """
    going = alive(generated, ends)
    counted, live = going[:, steps[0].position : steps[-1].position + 1].T, going[:, :-1]
    entropy = torch.stack([step.entropy for step in steps])
    top = torch.stack([step.top for step in steps])
    finite = entropy.isfinite()
    judged = counted & finite
    excess = _surprisals(steps) - entropy
    known = judged & excess.isfinite()
    repeated, grams = repeated_grams(generated, live, len(steps))
    sums = [
        torch.where(judged, entropy, 0).sum(),
        torch.where(judged, top[..., 0] - top[..., -1], 0).sum(),
        judged.sum(),
        torch.where(known, excess, 0).sum(),
        known.sum(),
        (counted & ~finite).sum(),
        repeated,
        grams,
        looping(generated, live, loop),
    ]
    return _vector(sums)


def _surprisals(steps: Sequence[Step]) -> Tensor:
    """Return the surprisal of each chosen token, in nats; NaN where it is not known."""
    unknown = torch.full_like(steps[0].entropy, torch.nan)
    chosen = torch.stack([unknown if step.chosen is None else step.chosen for step in steps])
    return -chosen.clamp_min(torch.finfo(chosen.dtype).tiny).log()


def output_sums(generated: Tensor, ends: Tensor | None) -> Tensor:
    """Return the sums of an output, in the order of ``OUTPUT``."""
    going = alive(generated, ends)
    return _vector([going[:, :-1].sum(), going[:, -1].sum()])


def _vector(sums: Sequence[Tensor]) -> Tensor:
    dtype = sum_dtype(sums[0].device)
    return torch.stack([value.to(dtype) for value in sums])
