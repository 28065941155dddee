"""Watches a PyTorch training loop: gradient, noise and update norms, without waiting for the device within a step.

`attach` is the one-line way, `GradNoiseTap` the published tap. One idea a file: `norms` sums squares, `means` and
`moments` say what noise and update are measured against, `scaling` knows of loss scales, `packet` lays the numbers of
an interval out on the device, `reader` reads them one interval late, `layers` names groups of parameters, `ranks`
makes every rank see the same numbers, `spies` and `noise_scale` measure what averaging hides, `measure` is what
happens on the device, `teller` what the monitor is told, and `watch` puts them together.
"""

from anet_lite.extras import need

need("torch", "torch")

from anet_lite.integrations.torch.attach import attach  # noqa: E402

TYPE_CHECKING = False
if TYPE_CHECKING:
    from anet_lite.integrations.torch.noise_scale import NoiseScale
    from anet_lite.integrations.torch.tap import GradNoiseTap
    from anet_lite.integrations.torch.watch import Reading, Watch

__all__ = ["GradNoiseTap", "NoiseScale", "Reading", "Watch", "attach"]

_LATER = {"GradNoiseTap": "tap", "NoiseScale": "noise_scale", "Reading": "watch", "Watch": "watch"}
"""Names whose modules are imported when the name is first used."""


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
