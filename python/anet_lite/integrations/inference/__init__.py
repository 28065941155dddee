"""Watches inference: the tokens that a model generates, and the calls of any function that serves one.

`watch_generate` is for Transformers, `watch_calls` for everything else. Both give rows of named signals to one monitor,
so alarms, records and explanations are those of training. In the order of the data's way: `tokens` measures on the
device, ``outputs`` on the host, ``tally`` sums what was measured into rows, ``watch`` hands them to a session.
"""

from anet_lite.integrations.inference.calls import CallWatch, watch_calls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from anet_lite.integrations.inference.tokens.generate import GenerationWatch, watch_generate

__all__ = ["CallWatch", "GenerationWatch", "watch_calls", "watch_generate"]


def __getattr__(name: str) -> object:
    if name not in ("GenerationWatch", "watch_generate"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from anet_lite.integrations.inference.tokens import generate  # Stands on torch.

    return getattr(generate, name)
