"""Some steps of one call as one vector of sums, so that one copy carries them to the host."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch

from anet_lite.integrations.inference.tokens.repeats import looping, repeated_grams
from anet_lite.integrations.torch.device.precision import sum_dtype

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

SUMS = (
    "entropy",
    "margin",
    "judged",
    "excess",
    "chosen",
    "ending",
    "endable_steps",
    "nonfinite",
    "repeated",
    "grams",
    "looping",
)
"""What a chunk's vector holds; `TOKENS` makes signals of it."""
OUTPUT = ("tokens", "unfinished")
"""What the vector of a whole output holds."""


FORBIDDEN = -1e4
"""A logarithm whose probability is 0 in single precision."""


class Step(NamedTuple):
    """The logits of one step."""

    position: int
    """Which token they choose, counted from the prompt's end."""
    logits: Tensor
    """A copy: what comes behind may change them in place."""


class Measured(NamedTuple):
    """What is kept of the logits of steps that follow each other, (steps, sequences)."""

    first: int
    """The position of the first."""
    entropy: Tensor
    """In nats; NaN where a logit is NaN or positive infinity."""
    margin: Tensor
    """The largest probability less the second."""
    surprisal: Tensor
    """In nats, of the token that was chosen; NaN where it is not known."""
    ending: Tensor
    """The probability that the sequence ends here; NaN where nothing ends it."""

    def before(self, position: int) -> Measured:
        """Return the part of it before a position."""
        count = max(0, position - self.first)
        return Measured(self.first, *(numbers[:count] for numbers in self[1:]))


def measure(steps: Sequence[Step], generated: Tensor, follows: bool, ends: Sequence[int] = ()) -> Measured:
    """Measure steps that follow each other, all at once, since a small operation costs as much as a large one.

    Args:
        steps: The steps.
        generated: Tokens without the prompt, (sequences, tokens): those that were chosen, but perhaps the last one.
        follows: Whether a row of tokens goes on in the same row.
        ends: Tokens that end or pad a sequence.

    """
    first, last = steps[0].position, steps[-1].position
    logarithms = torch.stack([step.logits for step in steps]).log_softmax(-1, torch.float32)
    # 0 ln 0 is 0, as of words that a processor forbids.
    entropy = -(logarithms.exp() * logarithms.clamp_min(FORBIDDEN)).sum(-1)
    top = logarithms.topk(min(2, logarithms.shape[-1])).values.exp()
    surprisal = torch.full_like(entropy, torch.nan)
    tokens = generated[:, first : last + 1].T
    if follows:
        surprisal[: len(tokens)] = -logarithms[: len(tokens)].gather(2, tokens[..., None])[..., 0]
    known = [end for end in ends if 0 <= end < logarithms.shape[-1]]
    ending = torch.full_like(entropy, 0.0 if known else torch.nan)
    for end in known:
        ending += logarithms[..., end].exp()
    return Measured(first, entropy, top[..., 0] - top[..., -1], surprisal, ending)


def alive(generated: Tensor, ends: Tensor | None) -> Tensor:
    """Return before which tokens a sequence had not ended, and at last whether it goes on: one more than the tokens."""
    going = generated.new_ones((generated.shape[0], generated.shape[1] + 1), dtype=torch.bool)
    if ends is not None:
        going[:, 1:] = torch.isin(generated, ends).cumsum(1) == 0
    return going


def chunk_sums(parts: Sequence[Measured], generated: Tensor, ends: Tensor | None, loop: int) -> Tensor:
    """Return the sums of some steps, in the order of ``SUMS``.

    Args:
        parts: Steps that follow each other, of tokens that were generated, and at last perhaps of the next one.
        generated: Tokens up to there, without the prompt, (sequences, tokens).
        ends: Tokens that end or pad a sequence.
        loop: Tokens of a loop.

    """
    going = alive(generated, ends)
    entropy = torch.cat([part.entropy for part in parts])
    margin, surprisal = torch.cat([part.margin for part in parts]), torch.cat([part.surprisal for part in parts])
    ending = torch.cat([part.ending for part in parts])
    counted, live = going[:, parts[0].first : parts[0].first + len(entropy)].T, going[:, :-1]
    finite = entropy.isfinite()
    judged = counted & finite
    excess = surprisal - entropy
    known, endable = judged & excess.isfinite(), judged & ending.isfinite()
    repeated, grams = repeated_grams(generated, live, len(entropy))
    sums = [
        torch.where(judged, entropy, 0).sum(),
        torch.where(judged, margin, 0).sum(),
        judged.sum(),
        torch.where(known, excess, 0).sum(),
        known.sum(),
        torch.where(endable, ending, 0).sum(),
        endable.sum(),
        (counted & ~finite).sum(),
        repeated,
        grams,
        looping(generated, live, loop),
    ]
    return _vector(sums)


def output_sums(generated: Tensor, ends: Tensor | None) -> Tensor:
    """Return the sums of an output, in the order of ``OUTPUT``."""
    going = alive(generated, ends)
    return _vector([going[:, :-1].sum(), going[:, -1].sum()])


def _vector(sums: Sequence[Tensor]) -> Tensor:
    dtype = sum_dtype(sums[0].device)
    return torch.stack([value.to(dtype) for value in sums])
