"""Watches a PyTorch training loop: gradient, noise and update norms, without waiting for the device within a step.

`attach` is the one-line way, `GradNoiseTap` the published tap. In the order of the data's way: `measure` is what
happens on the device, `activations` what layers give out, `device` how the numbers leave it one interval late,
`readout` makes readings of them, with the `noise_scale` across ranks, `loop` has the parts of a `watch`, which hands
them to a session, `act` does what a policy asks for, and `callback` attaches where a framework owns the loop.
"""

from anet_lite._internal.optional_import import need

need("torch", "torch")

from anet_lite.integrations.torch.attach import attach  # noqa: E402

TYPE_CHECKING = False
if TYPE_CHECKING:
    from anet_lite.integrations.torch.act.checkpoints import Checkpoints
    from anet_lite.integrations.torch.activations.names import recorded_signals
    from anet_lite.integrations.torch.grad_noise_tap import GradNoiseTap
    from anet_lite.integrations.torch.noise_scale import NoiseScale
    from anet_lite.integrations.torch.watch import Reading, Watch

__all__ = ["Checkpoints", "GradNoiseTap", "NoiseScale", "Reading", "Watch", "attach", "recorded_signals"]

_LATER = {
    "Checkpoints": "act.checkpoints",
    "GradNoiseTap": "grad_noise_tap",
    "NoiseScale": "noise_scale",
    "Reading": "watch",
    "Watch": "watch",
    "recorded_signals": "activations.names",
}
"""Names whose modules are imported when the name is first used."""


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
