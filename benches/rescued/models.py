"""The two models: the tiny GPT of `broken_gpt`, and a small convolutional net that learns digits drawn by formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from broken_gpt.model import BYTES, CONTEXT, GPT, library

if TYPE_CHECKING:
    from collections.abc import Callable

BATCH = 8
CLASSES = 8


class Gpt:
    """Windows of text, of which the next byte is to be said."""

    rate = 3e-3

    def __init__(self, seed: int) -> None:
        torch.manual_seed(seed)
        self.model, self.text = GPT(), library()
        self.source = torch.Generator().manual_seed(seed)

    def draw(self, count: int = BATCH) -> tuple[Tensor, Tensor]:
        """Return inputs and targets."""
        starts = torch.randint(len(self.text) - CONTEXT - 1, (count, 1), generator=self.source)
        window = self.text[starts + torch.arange(CONTEXT + 1)]
        return window[:, :-1], window[:, 1:]

    def loss(self, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean cross entropy."""
        return functional.cross_entropy(self.model(inputs).view(-1, BYTES), targets.reshape(-1))


class Waves(nn.Sequential):
    """Two convolutions over a noisy wave."""

    def __init__(self) -> None:
        super().__init__(
            nn.Conv1d(1, 16, 5, padding=2),
            nn.ReLU(),
            nn.MaxPool1d(2),
            nn.Conv1d(16, 32, 5, padding=2),
            nn.ReLU(),
            nn.Dropout(0.0),
            nn.AdaptiveAvgPool1d(4),
            nn.Flatten(),
            nn.Linear(128, CLASSES),
        )


class Net:
    """Waves of eight frequencies in noise, which are to be told apart."""

    rate = 1e-3

    def __init__(self, seed: int) -> None:
        torch.manual_seed(seed)
        self.model = Waves()
        self.source = torch.Generator().manual_seed(seed)

    def draw(self, count: int = 4 * BATCH) -> tuple[Tensor, Tensor]:
        """Return inputs and targets."""
        targets = torch.randint(CLASSES, (count,), generator=self.source)
        phase = 6.3 * torch.rand(count, 1, generator=self.source)
        noise = torch.randn(count, 64, generator=self.source)
        waves = torch.sin((0.2 + 0.04 * targets[:, None]) * torch.arange(64) + phase)
        return (waves + noise)[:, None], targets

    def loss(self, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean cross entropy."""
        return functional.cross_entropy(self.model(inputs), targets)


TASKS: dict[str, Callable[[int], Gpt | Net]] = {"gpt": Gpt, "net": Net}


def held_out(task: str, model: nn.Module) -> float:
    """Return the loss on data that no seed of training draws."""
    fresh = TASKS[task](10_000)
    fresh.model = model
    was_training = model.training
    model.eval()
    with torch.no_grad():
        loss = float(fresh.loss(*fresh.draw(256)))
    model.train(was_training)
    return loss
