"""One run: trained as anybody would, watched by `attach`, with a fault from step 400 on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

from anet_lite.integrations.torch import attach
from broken_gpt.faults import FAULTS, Fault
from broken_gpt.model import BYTES, CONTEXT, GPT, library
from broken_gpt.outcome import ONSET, STEPS, Run

if TYPE_CHECKING:
    from anet_lite import Snapshot

BATCH = 8
#: What `attach` watches apart: each block, the embedding, the head.
LAYERS = r"blocks\.\d+|embedding|head"


class Training:
    """A model, its optimizer, and where its batches come from; a fault may change each."""

    def __init__(self, seed: int) -> None:
        torch.manual_seed(seed)
        self.model, self.text = GPT(), library()
        self.optimizer = torch.optim.AdamW(self.model.parameters(), 3e-3)
        self.draw: Callable[[], tuple[Tensor, Tensor]] = self._draw

    def _draw(self) -> tuple[Tensor, Tensor]:
        starts = torch.randint(len(self.text) - CONTEXT - 1, (BATCH, 1))
        window = self.text[starts + torch.arange(CONTEXT + 1)]
        return window[:, :-1], window[:, 1:]

    def loss(self, fault: Fault) -> Tensor:
        """Return the loss of the next batch."""
        inputs, targets = self.draw()
        if fault.batch is not None:
            inputs, targets = fault.batch(inputs, targets)
        loss = functional.cross_entropy(self.model(inputs).view(-1, BYTES), targets.reshape(-1))
        return loss if fault.loss is None else fault.loss(loss)


def run(name: str, seed: int) -> Run:
    """Train one run, and keep what `attach` gave."""
    torch.set_num_threads(1)
    training = Training(seed)
    snapshots: list[Snapshot] = []
    watch = attach(training.model, training.optimizer, layers=LAYERS, on_snapshot=snapshots.append)
    for step in range(STEPS):
        fault = fault_in(name, step)
        if step == ONSET and fault.begin is not None:
            fault.begin(training)
        if fault.forgotten != "zero_grad":
            training.optimizer.zero_grad()
        loss = training.loss(fault)
        loss.backward()
        watch.loss(loss, grad_norm=nn.utils.clip_grad_norm_(training.model.parameters(), 1.0))
        if fault.forgotten != "step":
            training.optimizer.step()
    watch.flush()
    watch.detach()
    return Run(name, seed, snapshots)


def fault_in(name: str, step: int) -> Fault:
    """Return the fault under way in a step."""
    fault = FAULTS[name]
    return fault if step == ONSET or (step > ONSET and not fault.once) else FAULTS["healthy"]
