"""The tap of one call of ``generate``: a logits processor that changes nothing."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Callable

import torch

from anet_lite.integrations.inference.tokens.chunk import OUTPUT, SUMS, Measured, Step, chunk_sums, measure, output_sums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor

    from anet_lite._internal.log_once import LogOnce

Send = Callable[["Tensor", "tuple[str, ...]", "Mapping[str, float]"], object]
"""Takes a vector of the device, the names of its sums, and the sums that the host knows."""


#: Logits that are kept to be measured together: 4 MB.
KEPT = 2**20


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
        self._send, self._ids, self._every, self._loop = send, list(dict.fromkeys(ends)), every, loop
        self._follows, self._log_once = follows, log_once
        self._ends: Tensor | None = None
        self._prompt: int | None = None
        self._steps: list[Step] = []
        self._parts: list[Measured] = []
        self._newest: Tensor | None = None
        self._position = self._known = self._timed = self._next = 0
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
        if position != self._next:
            self._go_to(position)
        if position - self._known >= self._every:
            self._close()
        elif len(self._steps) * scores.numel() >= KEPT:
            self._measure()
        self._steps.append(Step(position, scores.clone()))
        self._next = position + 1

    def _go_to(self, position: int) -> None:
        """Go back to a position, and forget what was measured from there on; or begin a chunk at a later one."""
        if position > self._next:
            self._close()
        self._forget(position)

    def _forget(self, position: int) -> None:
        self._steps = [step for step in self._steps if step.position < position]
        self._parts = [part for part in (part.before(position) for part in self._parts) if len(part.entropy)]

    def _begin(self, ids: Tensor) -> None:
        now = perf_counter()
        self._first, self._at = {"begun": 1.0, "first_seconds": now - self._at}, now
        self._prompt = ids.shape[1]
        self._ends = torch.tensor(self._ids, device=ids.device) if self._ids else None

    def _measure(self) -> None:
        """Measure the logits that are kept, whose tokens are known by now."""
        if self._steps and self._newest is not None:
            self._parts.append(measure(self._steps, self._newest, self._follows, self._ids))
            self._steps = []

    def _close(self, is_broken_off: bool = False) -> None:
        """Hand on the steps whose tokens are known, and the last one where none will come."""
        if self._newest is None:
            return
        known = self._newest.shape[1] + int(is_broken_off)
        self._forget(known)
        self._measure()
        parts, self._parts = self._parts, []
        if parts:
            generated = self._newest[:, : parts[-1].first + len(parts[-1].entropy)]
            self._send(chunk_sums(parts, generated, self._ends, self._loop), SUMS, self._times(known))

    def _times(self, known: int) -> dict[str, float]:
        """Return what the host knows of the tokens since the last chunk. The first logits of a call took no token."""
        now, timed = perf_counter(), self._position - self._timed
        seconds = now - self._at if timed else 0.0
        sums = {**self._first, "steps": float(known - self._known), "timed": float(timed), "seconds": seconds}
        self._at, self._timed, self._known, self._first = now, self._position, known, {}
        return sums
