"""Which column of a file is which signal."""

from __future__ import annotations

import re

from anet_lite._internal.one_line import listed
from anet_lite._internal.schema import SIGNALS
from anet_lite._native import AnetValueError
from anet_lite.reader.column_names import KNOWN, SCALAR_EXPORT

INPUTS = (*SIGNALS, "step")
"""What a monitor takes."""

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
            raise AnetValueError(f"{where} has no column {name!r}; its columns are {listed(names)}")
    found = {signal: chosen[signal] if signal in chosen else _find(names, signal, where) for signal in INPUTS}
    found = {signal: name for signal, name in found.items() if name}
    if not found.keys() - {"step"}:
        found |= _by_shape(names)
    if not found.keys() - {"step"}:
        columns = listed(names)
        raise AnetValueError(
            f"{where} has no column that looks like a signal; its columns are {columns}. Name the one of the loss: "
            f"--column loss={listed(names[-1:]) if names else 'NAME'}"
        )
    return found


def _find(names: list[str], signal: str, where: str) -> str:
    plain = {name: _snake(name) for name in names if not name.endswith(("__MIN", "__MAX"))}
    for known in KNOWN[signal]:
        whole = [name for name, text in plain.items() if text == known]
        ends = [name for name, text in plain.items() if _snake(_last(name)) == known and not _OTHER_SETS.search(text)]
        for likely in (whole, ends):
            if len(likely) > 1:
                raise AnetValueError(_several(likely, signal, where))
            if likely:
                return likely[0]
    return _only_loss(names, where) if signal == "loss" else ""


def _only_loss(names: list[str], where: str) -> str:
    """Return the one column that has ``loss`` in its name; several are for the user to choose from."""
    losses = [name for name in names if "loss" in _snake(name) and not _is_other(name)]
    if len(losses) > 1:
        raise AnetValueError(_several(losses, "loss", where))
    return losses[0] if losses else ""


def _is_other(name: str) -> bool:
    """Whether a column is of another set, or holds no loss but its scale."""
    return bool(_OTHER_SETS.search(_snake(name)) or _snake(name).endswith("loss_scale"))


def _by_shape(names: list[str]) -> dict[str, str]:
    """Return the signals of a table that names none: a scalar of TensorBoard, or a column or two without a header."""
    if tuple(map(_snake, names)) == SCALAR_EXPORT:
        return {"loss": names[2]}
    if names == ["1"]:
        return {"loss": "1"}
    return {"step": "1", "loss": "2"} if names == ["1", "2"] else {}


def _several(likely: list[str], signal: str, where: str) -> str:
    choices, example = listed(likely), f"--column {signal}={likely[0]!r}"
    return f"{where} has several columns for {signal}, choose one: {choices}; for instance {example}"


def _snake(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "_", name.strip())
    return re.sub(r"[^a-z0-9_]+", "_", words.lower())


def _last(name: str) -> str:
    """Return ``loss`` of ``train/loss`` and of Weights & Biases' ``happy-run-7 - train/loss``."""
    return re.split(r"/| - |\.", name)[-1]
