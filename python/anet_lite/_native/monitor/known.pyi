"""Names of signals in common use."""

from typing import Literal

_Direction = Literal["rises", "falls", "both", "nonzero", "recorded"]
_Meaning = Literal["other", "evaluation_loss", "evaluation", "policy", "supervised", "inference", "resource"]

def known_signal(name: str) -> tuple[_Direction, _Meaning] | None:
    """Return the direction that is bad of a signal, and what it speaks of; None where its name is not in common use.

    A name counts with or without what stands before a ``/`` or a `` - ``, in any spelling of letters and signs. The
    loss of a run with a signal of a ``policy`` is no progress, unless it has one that is ``supervised``, too.

    Example:
        >>> from anet_lite._native import known_signal
        >>> known_signal("objective/kl"), known_signal("router_load")
        (('rises', 'policy'), None)
    """
