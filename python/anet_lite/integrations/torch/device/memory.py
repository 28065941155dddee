"""The memory that tensors hold on the model's device."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import nn


def memory_of(model: nn.Module) -> Callable[[], int] | None:
    """Return what tells the bytes, which waits for nothing; None on a CPU, whose memory is the process's."""
    device = next((parameter.device for parameter in model.parameters()), torch.device("cpu"))
    return partial(torch.cuda.memory_allocated, device) if device.type == "cuda" else None
