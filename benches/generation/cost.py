"""What watching costs a token of a model of 12 million parameters, and a call: ``python -m generation.cost``.

Time is that of the process on one core, so that other programs count little. It is taken inside the tap, whose work is
done on a CPU when it returns; the median over calls is compared with that of the tokens themselves.
"""

from __future__ import annotations

import logging
from statistics import median
from time import process_time
from typing import Any

import torch
import transformers

from anet_lite.integrations.clock.step_clock import StepClock
from anet_lite.integrations.inference import watch_calls, watch_generate
from anet_lite.integrations.inference.tokens.tap import TokenTap
from anet_lite.integrations.remarks import Remarks

VOCABULARY, TOKENS, CALLS = 8192, 32, 5


def model() -> transformers.GPT2LMHeadModel:
    """Return a GPT-2 of 12 million parameters, which generates what it likes."""
    transformers.set_seed(0)
    config = transformers.GPT2Config(
        vocab_size=VOCABULARY, n_embd=256, n_layer=12, n_head=8, n_positions=256, eos_token_id=None, bos_token_id=0
    )
    return transformers.GPT2LMHeadModel(config).eval()


class Timed:
    """Sums the seconds that a method of a class takes."""

    def __init__(self, owner: type[Any], name: str) -> None:
        self.seconds, method = 0.0, getattr(owner, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            began = process_time()
            result = method(*args, **kwargs)
            self.seconds += process_time() - began
            return result

        setattr(owner, name, timed)

    def take(self) -> float:
        """Return the seconds since the last call."""
        seconds, self.seconds = self.seconds, 0.0
        return seconds


def tokens(batch: int) -> tuple[float, float]:
    """Return the medians of seconds: of a token, and of the tap in it."""
    watched, rows = model(), list[tuple[float, float]]()
    prompt = torch.ones(batch, 8, dtype=torch.long)
    with watch_generate(watched):
        for _ in range(CALLS):
            began = process_time()
            watched.generate(
                prompt, attention_mask=torch.ones_like(prompt), do_sample=True, max_new_tokens=TOKENS, pad_token_id=0
            )
            tap = STEPS.take() + ENDS.take()
            rows.append(((process_time() - began - tap) / TOKENS, tap / TOKENS))
    token, tap = (median(column) for column in zip(*rows[1:]))
    return token, tap


def each(function: Any, *args: Any) -> float:
    """Return the median of the seconds of a call, of 20 runs of 1,000."""
    runs = list[float]()
    for _ in range(20):
        began = process_time()
        for _ in range(1000):
            function(*args)
        runs.append((process_time() - began) / 1000)
    return median(runs)


def main() -> None:
    """Print the table."""
    logging.disable(logging.WARNING)
    torch.set_num_threads(1)
    print(f"{sum(p.numel() for p in model().parameters()) / 1e6:.1f} million parameters, {VOCABULARY} tokens")
    for batch in (1, 4):
        token, tap = tokens(batch)
        print(f"batch {batch}: token {1e3 * token:.2f} ms, tap {1e6 * tap:.0f} us, {tap / token:.2%}")
    scores = [0.1, 0.2, 0.7]
    bare, watched = each(scores.copy), each(watch_calls(scores.copy))
    print(f"watch_calls: {1e6 * (watched - bare):.1f} us a call")
    clock, batch_ids = StepClock(8, Remarks()), torch.zeros(8, 128, dtype=torch.long)
    forward, take = each(clock.forward, (), {"input_ids": batch_ids}), each(clock.take, 8)
    print(f"clock: {1e6 * forward:.1f} us a call of the model, {1e6 * take:.1f} us an interval")


STEPS, ENDS = Timed(TokenTap, "__call__"), Timed(TokenTap, "finish")

if __name__ == "__main__":
    main()
