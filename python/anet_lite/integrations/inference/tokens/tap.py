"""The tap of one call of ``generate``: a logits processor that changes nothing."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Callable

import torch

from anet_lite.integrations.inference.tokens.chunk import OUTPUT, SUMS, Step, chunk_sums, output_sums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor

    from anet_lite._internal.log_once import LogOnce

Send = Callable[["Tensor", "tuple[str, ...]", "Mapping[str, float]"], object]
"""Takes a vector of the device, the names of its sums, and the sums that the host knows."""


class TokenTap:
    """Looks at the logits of every step and hands sums of some steps on. Made by ``GenerationWatch.begin``.

    Steps may go back, as where tokens of a draft are refused: what was measured last of a token counts.

    Args:
        send: Where sums go.
        ends: Tokens that end a sequence or pad it.
        every: Steps in a chunk.
        loop: Tokens of a loop.
        follows: Whether a row of tokens goes on in the same row, as those of beams do not.
        log_once: Where errors stay.

    """

    def __init__(
        self, send: Send, ends: Sequence[int], every: int, loop: int, follows: bool, log_once: LogOnce
    ) -> None:
        self._send, self._ids, self._every, self._loop = send, list(ends), every, loop
        self._follows, self._log_once = follows, log_once
        self._ends: Tensor | None = None
        self._prompt: int | None = None
        self._steps: list[Step] = []
        self._probabilities: tuple[int, Tensor] | None = None
        self._newest: Tensor | None = None
        self._position = self._known = self._timed = 0
        self._at = perf_counter()
        self._first: dict[str, float] = {}

    @torch.no_grad()
    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Look at the logits of a step, (sequences, vocabulary), and return them unchanged."""
        with self._log_once:
            self._take(input_ids, scores)
        return scores

    @torch.no_grad()
    def finish(self, sequences: Tensor | None = None) -> None:
        """Hand on what is left. Without the output, as after an exception, the token of the last step is not known.

        Args:
            sequences: Prompt and output, padded where they ended, (sequences, tokens).

        """
        with self._log_once:
            if self._prompt is None:
                return
            generated = None if sequences is None else sequences[:, self._prompt :]
            rows = self._newest.shape[0] if self._newest is not None else 0
            if generated is not None and self._follows and generated.shape[0] == rows:
                self._newest = generated
            self._close(is_broken_off=sequences is None)
            if generated is not None:
                self._send(output_sums(generated, self._ends), OUTPUT, self._counts(generated.shape[0]))

    def _counts(self, sequences: int) -> dict[str, float]:
        return {"sequences": sequences, "endable": sequences if self._ids else 0}

    def _take(self, ids: Tensor, scores: Tensor) -> None:
        if self._prompt is None:
            self._begin(ids)
        position = self._position = ids.shape[1] - (self._prompt or 0)
        self._newest = ids[:, self._prompt :]
        while self._steps and self._steps[-1].position >= position:
            self._steps.pop()
        if len(self._steps) >= self._every:
            self._close()
        self._choose()
        probabilities = scores.softmax(-1, torch.float32)
        top = probabilities.topk(min(2, scores.shape[-1])).values
        self._steps.append(Step(position, _entropy(probabilities), top, None))
        self._probabilities = (position, probabilities)

    def _begin(self, ids: Tensor) -> None:
        now = perf_counter()
        self._first, self._at = {"begun": 1.0, "first_seconds": now - self._at}, now
        self._prompt = ids.shape[1]
        self._ends = torch.tensor(self._ids, device=ids.device) if self._ids else None

    def _choose(self) -> None:
        """Note the probability that the last step gave to the token that was chosen."""
        if not (self._follows and self._steps and self._probabilities and self._newest is not None):
            return
        position, probabilities = self._probabilities
        if position == self._steps[-1].position and position < self._newest.shape[1]:
            chosen = probabilities.gather(1, self._newest[:, position : position + 1])[:, 0]
            self._steps[-1] = self._steps[-1]._replace(chosen=chosen)

    def _close(self, is_broken_off: bool = False) -> None:
        """Hand on the steps whose tokens are known, and the last one where none will come."""
        if self._newest is None:
            return
        self._choose()
        known = self._newest.shape[1] + int(is_broken_off)
        steps = [step for step in self._steps if step.position < known]
        self._steps, self._probabilities = [], None
        if steps:
            generated = self._newest[:, : steps[-1].position + 1]
            self._send(chunk_sums(steps, generated, self._ends, self._loop), SUMS, self._times(known))

    def _times(self, known: int) -> dict[str, float]:
        """Return what the host knows of the tokens since the last chunk. The first logits of a call took no token."""
        now, timed = perf_counter(), self._position - self._timed
        seconds = now - self._at if timed else 0.0
        sums = {**self._first, "steps": float(known - self._known), "timed": float(timed), "seconds": seconds}
        self._at, self._timed, self._known, self._first = now, self._position, known, {}
        return sums


def _entropy(probabilities: Tensor) -> Tensor:
    """Return the entropy in nats, 0 ln 0 being 0: that of words which a processor forbids."""
    terms: Tensor = torch.special.entr(probabilities)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return terms.sum(-1)
