"""What watching costs a training step of a small transformer, beside the published loop's taps. Needs torch.

Time is taken inside the taps: on a CPU their work is done when they return. The median over intervals is compared with
that of the steps themselves. All kinds tap the same steps, in changing order, so a busy machine slows all of them down.
On a CPU the time is the process's own, of which other programs take nothing.
"""

from __future__ import annotations

import argparse
import logging
import subprocess
import sys
from copy import deepcopy
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import torch

from anet_lite.integrations.torch import attach

if TYPE_CHECKING:
    from collections.abc import Callable

    from anet_lite.integrations.torch import Watch

VOCABULARY, HEADS = 4096, 8
INTERVAL = 8
LAYERS = r"layers\.layers\.\d+"
CLOCKS = {"cpu": process_time, "cuda": perf_counter}
SIZES = {"small": (256, 12), "middle": (768, 12), "large": (1536, 24)}
"""Width and layers: 12, 92 and 693 million parameters."""


class Transformer(torch.nn.Module):
    """A causal language model."""

    def __init__(self, width: int, layers: int) -> None:
        super().__init__()
        layer = torch.nn.TransformerEncoderLayer(
            width, HEADS, 4 * width, dropout=0.0, batch_first=True, norm_first=True
        )
        self.embedding = torch.nn.Embedding(VOCABULARY, width)
        self.layers = torch.nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)
        self.head = torch.nn.Linear(width, VOCABULARY)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """Return the mean cross entropy of the next token."""
        mask = torch.nn.Transformer.generate_square_subsequent_mask(tokens.shape[1] - 1, device=tokens.device)
        logits = self.head(self.layers(self.embedding(tokens[:, :-1]), mask=mask, is_causal=True))
        return torch.nn.functional.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())


class PublishedLoop:
    """The taps of the published loop: parameter by parameter, each number fetched at once."""

    def __init__(self, model: torch.nn.Module, ema: float = 0.9) -> None:
        self.model, self.ema = model, ema
        self.m = {n: torch.zeros_like(p) for n, p in model.named_parameters() if p.requires_grad}

    def norms(self) -> tuple[float, float]:
        """Return noise and step norm."""
        noise = 0.0
        for name, p in self.model.named_parameters():
            if not p.requires_grad or p.grad is None:
                continue
            grad = p.grad.detach()
            self.m[name].mul_(self.ema).add_(grad, alpha=1 - self.ema)
            noise += float((grad - self.m[name]).norm().cpu().item())
        steps = (float((p.grad**2).sum().sqrt().cpu()) for p in self.model.parameters() if p.grad is not None)
        return noise, sum(steps)


def clock_of(model: torch.nn.Module) -> Callable[[], float]:
    """Return the clock of the device on which a model is."""
    return CLOCKS[next(model.parameters()).device.type]


class Published:
    """The published taps, timed."""

    def __init__(self, model: torch.nn.Module, _: object) -> None:
        self.tap, self.seconds, self.clock = PublishedLoop(model), 0.0, clock_of(model)

    def before(self, loss: torch.Tensor) -> None:
        """Do what stands before a step."""
        start = self.clock()
        self.tap.norms()
        float(loss)
        self.seconds += self.clock() - start

    def after(self) -> None:
        """Do nothing more."""


class Watched:
    """A watch whose hooks are called by hand, timed."""

    def __init__(self, model: torch.nn.Module, optimizer: torch.optim.Optimizer, **options: object) -> None:
        self.watch, self.optimizer = attach(model, optimizer, every=INTERVAL, **options), optimizer
        self.seconds, self.clock = 0.0, clock_of(model)
        for handle in self.watch._handles:
            handle.remove()

    def before(self, loss: torch.Tensor) -> None:
        """Do what stands before a step."""
        start = self.clock()
        self.watch.loss(loss)
        self.watch._hooks.before(self.optimizer, (), {})
        self.seconds += self.clock() - start

    def after(self) -> None:
        """Do what comes behind it."""
        start = self.clock()
        self.watch._hooks.after()
        self.seconds += self.clock() - start


def kinds_of(model: torch.nn.Module, optimizer: torch.optim.Optimizer) -> dict[str, Published | Watched]:
    """Return what is compared."""
    all_else = {"layers": LAYERS, "clock": True, "stall": 600.0, "also": {"ema": deepcopy(model)}}
    return {
        "published loop": Published(model, optimizer),
        "attach": Watched(model, optimizer),
        "attach, lean": Watched(model, optimizer, lean=True),
        "attach, a group a layer": Watched(model, optimizer, layers=LAYERS),
        "attach, all but locate": Watched(model, optimizer, **all_else),
    }


def rotated(things: list[Published | Watched], by: int) -> list[Published | Watched]:
    """Return the same things, another one first."""
    return things[by % len(things) :] + things[: by % len(things)]


def wait(device: str) -> None:
    """Let a GPU finish, so that its time is counted."""
    if device == "cuda":
        torch.cuda.synchronize()


class TimedSums:
    """Times the sums of `locate`, which lie within the passes."""

    def __init__(self, watch: Watch, clock: Callable[[], float]) -> None:
        self.seconds, self.clock, self.modules = 0.0, clock, watch._modules
        self.plain = self.modules._add
        self.modules._add = self.add

    def add(self, *sum_of: object) -> None:
        """Take a sum."""
        start = self.clock()
        self.plain(*sum_of)
        self.seconds += self.clock() - start


def located(intervals: int, batch: int, length: int, device: str, size: str) -> tuple[float, float]:
    """Return what `locate` adds to a step: its sums alone, and whole steps with and without it, in turns.

    Whole steps differ from each other by more than it costs, so that on a CPU the sums are the better measure; on a GPU
    they return before they are done.
    """
    torch.manual_seed(0)
    model = Transformer(*SIZES[size]).to(device)
    optimizer, clock = torch.optim.AdamW(model.parameters(), 1e-4), clock_of(model)
    seconds: dict[bool, list[float]] = {False: [], True: []}
    inside: list[float] = []
    for turn in range(2 * intervals + 2):
        watch, is_on = attach(model, optimizer, every=INTERVAL, locate=turn % 2 == 1), turn % 2 == 1
        sums = TimedSums(watch, clock) if is_on else None
        for step in range(INTERVAL + 1):
            wait(device)
            start, before = clock(), sums.seconds if sums else 0.0
            train_step(model, optimizer, watch, (batch, length), device)
            if turn > 1 and step:
                seconds[is_on].append(clock() - start)
                inside += [sums.seconds - before] if sums else []
        watch.detach()
    bare = median(seconds[False])
    return median(inside) / bare, median(seconds[True]) / bare - 1


def train_step(
    model: Transformer, optimizer: torch.optim.Optimizer, watch: Watch, shape: tuple[int, int], device: str
) -> None:
    """Take a step of the loop that users write, and wait for the device."""
    batch, length = shape
    loss = model(torch.randint(VOCABULARY, (batch, length + 1), device=device))
    optimizer.zero_grad()
    loss.backward()
    watch.loss(loss)
    optimizer.step()
    wait(device)


class TimedActivations:
    """Times what `activations` does within the forward pass and at the end of an interval."""

    def __init__(self, watch: Watch, clock: Callable[[], float]) -> None:
        self.seconds, self.clock = 0.0, clock
        activations = watch._measure.activations
        activations._take = self.timed(activations._take)
        activations._attention._take = self.timed(activations._attention._take)
        activations.put = self.timed(activations.put)

    def timed(self, plain: Callable[..., None]) -> Callable[..., None]:
        """Return the same, timed."""

        def call(*given: object) -> None:
            start = self.clock()
            plain(*given)
            self.seconds += self.clock() - start

        return call


def looked_into(intervals: int, batch: int, length: int, device: str, size: str) -> float:
    """Return what measuring activations takes of a step, over whole intervals."""
    torch.manual_seed(0)
    model = Transformer(*SIZES[size]).to(device)
    optimizer, clock = torch.optim.AdamW(model.parameters(), 1e-4), clock_of(model)
    watch = attach(model, optimizer, every=INTERVAL, activations=True, layers=LAYERS)
    timed, inside, steps = TimedActivations(watch, clock), list[float](), list[float]()
    for number in range(INTERVAL * (intervals + 1)):
        wait(device)
        start, before = clock(), timed.seconds
        train_step(model, optimizer, watch, (batch, length), device)
        if number >= INTERVAL:
            inside.append(timed.seconds - before)
            steps.append(clock() - start)
    watch.detach()
    assert watch.failures == 0
    return sum(inside) / len(inside) / median(steps)


def measure(
    intervals: int, batch: int, length: int, device: str = "cpu", size: str = "small"
) -> tuple[float, dict[str, float]]:
    """Return the median seconds of a step, and of what each kind adds to it."""
    torch.manual_seed(0)
    model = Transformer(*SIZES[size]).to(device)
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters, {batch} x {length} tokens, AdamW, ", end="")
    print(
        f"{torch.get_num_threads()} threads, torch {torch.__version__}, median of {intervals} intervals of {INTERVAL}"
    )
    optimizer, clock = torch.optim.AdamW(model.parameters(), 1e-4), clock_of(model)
    kinds = kinds_of(model, optimizer)
    steps: list[float] = []
    taps: dict[str, list[float]] = {name: [] for name in kinds}
    for number in range(INTERVAL * (intervals + 2)):
        turn = rotated(list(kinds.values()), number)  # who comes first finds a cold cache
        wait(device)
        start, before = clock(), sum(kind.seconds for kind in turn)
        loss = model(torch.randint(VOCABULARY, (batch, length + 1), device=device))
        optimizer.zero_grad()
        loss.backward()
        for kind in turn:
            kind.before(loss.detach())
        optimizer.step()
        for kind in turn:
            kind.after()
        wait(device)
        steps.append(clock() - start - (sum(kind.seconds for kind in turn) - before))
        if number % INTERVAL == INTERVAL - 1:
            for name, kind in kinds.items():
                taps[name].append(kind.seconds / INTERVAL)
                kind.seconds = 0.0
    assert all(kind.watch.failures == 0 for kind in kinds.values() if isinstance(kind, Watched))
    # In the first two intervals means are made, and nothing is read yet.
    return median(steps[2 * INTERVAL :]), {name: median(seconds[2:]) for name, seconds in taps.items()}


IMPORT = """
import sys, torch
from time import perf_counter
start = perf_counter()
import anet_lite.integrations.torch
print(perf_counter() - start)
"""


def import_seconds(times: int = 5) -> float:
    """Return what importing the integration adds to importing torch."""
    runs = (subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, check=True) for _ in range(times))
    return min(float(run.stdout) for run in runs)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--intervals", type=int, default=10)
    arguments.add_argument("--batch", type=int, default=8)
    arguments.add_argument("--length", type=int, default=128)
    arguments.add_argument("--device", default="cpu")
    arguments.add_argument("--threads", type=int, default=torch.get_num_threads())
    arguments.add_argument("--size", choices=SIZES, default="small")
    given = arguments.parse_args()
    logging.disable()
    torch.set_num_threads(given.threads)
    step, taps = measure(given.intervals, given.batch, given.length, given.device, given.size)
    print(f"a step without taps: {1e3 * step:.0f} ms")
    print(f"{'':26}{'ms a step':>10}{'of a step':>11}{'published / this':>18}")
    for name, seconds in taps.items():
        print(f"{name:26}{1e3 * seconds:10.2f}{seconds / step:11.2%}{taps['published loop'] / seconds:17.1f}x")
    sums, more = located(given.intervals, given.batch, given.length, given.device, given.size)
    print(f"locate=True: its sums take {sums:.1%} of a step; whole steps, in turns: {more:+.1%}")
    share = looked_into(given.intervals, given.batch, given.length, given.device, given.size)
    print(f"activations=True: its numbers take {share:.2%} of a step, over whole intervals")
    print(f"importing anet_lite.integrations.torch after torch: {1e3 * import_seconds():.1f} ms")


if __name__ == "__main__":
    main()
