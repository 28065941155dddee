"""The number type that sums are kept in."""

from __future__ import annotations

import torch


def sum_dtype(device: torch.device) -> torch.dtype:
    """Return float64, or float32 on MPS devices, which have no float64."""
    return torch.float32 if device.type == "mps" else torch.float64
