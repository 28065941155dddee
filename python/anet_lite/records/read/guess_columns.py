"""Which column of a file is which signal."""

from __future__ import annotations

import re

from anet_lite._internal.schema import SIGNALS
from anet_lite._native import AnetValueError

INPUTS = (*SIGNALS, "step")
"""What a monitor takes."""

_KNOWN = {
    "loss": ("loss", "train_loss", "training_loss", "loss_train", "total_loss", "loss_step", "train_loss_step"),
    "grad_norm": ("grad_norm", "gradient_norm", "gradnorm", "global_grad_norm", "grad_norm_total", "total_grad_norm"),
    "step_norm": ("step_norm", "update_norm", "param_update_norm"),
    "noise": ("noise", "grad_noise", "gradient_noise"),
    "lr": ("lr", "learning_rate", "lr_0", "learning_rate_0"),
    "step": ("step", "global_step", "_step", "trainer_global_step", "iteration", "iter", "training_iteration"),
}
"""Names in use, the likeliest first, compared in lower case and with every other sign as ``_``."""

_OTHER_SETS = re.compile(r"(^|_)(val|valid|validation|eval|test|dev)(_|$)")


def guess(names: list[str], chosen: dict[str, str], where: str) -> dict[str, str]:
    """Return for each signal that is found its column.

    A name counts with or without what stands before its last ``/`` or `` - ``, unless that says that it is of a
    validation set. What the caller chose comes first; an empty choice leaves the signal out.

    Raises:
        ValueError: A chosen column is not there, several columns are as likely, or there is none at all.

    """
    for signal, name in chosen.items():
        if signal not in INPUTS:
            raise AnetValueError(f"column must be one of {', '.join(INPUTS)}, got {signal!r}")
        if name and name not in names:
            raise AnetValueError(f"{where} has no column {name!r}; its columns are {', '.join(names)}")
    found = {signal: chosen.get(signal, _find(names, signal, where)) for signal in INPUTS}
    found = {signal: name for signal, name in found.items() if name}
    if not found.keys() - {"step"}:
        raise AnetValueError(f"{where} has no column that looks like a signal; its columns are {', '.join(names)}")
    return found


def _find(names: list[str], signal: str, where: str) -> str:
    texts = {name: _snake(name) for name in names if not name.endswith(("__MIN", "__MAX"))}
    for known in _KNOWN[signal]:
        whole = [name for name, text in texts.items() if text == known]
        ends = [name for name, text in texts.items() if _snake(_last(name)) == known and not _OTHER_SETS.search(text)]
        for likely in (whole, ends):
            if len(likely) > 1:
                choices = ", ".join(likely)
                raise AnetValueError(f"{where} has several columns for {signal}, choose one: {choices}")
            if likely:
                return likely[0]
    return ""


def _snake(name: str) -> str:
    """Return a name in lower case, with _ for all but letters and digits."""
    return re.sub(r"[^a-z0-9_]+", "_", name.strip().lower())


def _last(name: str) -> str:
    """Return ``loss`` of ``train/loss`` and of Weights & Biases' ``happy-run-7 - train/loss``."""
    return re.split(r"/| - |\.", name)[-1]
