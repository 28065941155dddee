"""The memory that tensors hold on the model's device, and how busy it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import nn

    from anet_lite.integrations.clock.utilization import Utilization
    from anet_lite.integrations.remarks import Remarks


def memory_of(model: nn.Module) -> Callable[[], int] | None:
    """Return what tells the bytes, which waits for nothing; None on a CPU, whose memory is the process's."""
    device = _device(model)
    return partial(torch.cuda.memory_allocated, device) if device.type == "cuda" else None


def utilization_of(model: nn.Module, remarks: Remarks) -> Utilization | None:
    """Return what asks NVML how busy the device is; None on a CPU, and where there is no NVML, which is said."""
    from anet_lite.integrations.clock.utilization import Utilization

    device = _device(model)
    if device.type != "cuda":
        return None
    try:
        properties = cast("Any", torch.cuda).get_device_properties(device)  # torch: untyped
        return Utilization(f"GPU-{properties.uuid}")
    except Exception as error:  # NVML's errors have no class that is there without it.
        remarks.say("no_utilization", None, why=str(error).rstrip("."))
        return None


def _device(model: nn.Module) -> torch.device:
    return next((parameter.device for parameter in model.parameters()), torch.device("cpu"))
