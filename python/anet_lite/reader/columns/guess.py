"""Which column of a file is which signal."""

from __future__ import annotations

import re

from anet_lite._internal.one_line import listed
from anet_lite._internal.schema import SIGNALS
from anet_lite._native import AnetValueError
from anet_lite.reader.columns.names import KNOWN, NO_LOSS, SCALAR_EXPORT, SUM_HAS, SUMMED, WITHOUT_THE_WORD
from anet_lite.reader.columns.sums import parts_of, sum_of

INPUTS = (*SIGNALS, "step")
"""What a monitor takes."""

_OTHER_SETS = re.compile(r"(^|_)(val|valid|validation|eval|evaluation|test|testing|dev|vl|holdout)(_|$)")
_NO_LOSS = re.compile(NO_LOSS)
_FEW = 10
"""A column that has a number this many times less often than another of the same signal is not the signal's."""


class NoSignalError(AnetValueError):
    """A file has no column that looks like a signal of a training run: it may be of streams."""


def guess(names: list[str], chosen: dict[str, str], where: str, given: dict[str, int] | None = None) -> dict[str, str]:
    """Return for each signal that is found its column, or a sum of columns as ``a + b``.

    A name counts with or without what stands before its last ``/`` or `` - ``, unless that says that it is of a
    validation set. What the caller chose comes first; an empty choice leaves the signal out.

    Args:
        names: The columns.
        chosen: Columns by signal, or sums of them.
        where: The file, for messages.
        given: In how many rows each column has a number, where that is known: one with few gives way to one with many.

    Raises:
        ValueError: A chosen column is not there, several columns are as likely, or there is none at all.

    """
    for signal, name in chosen.items():
        if signal not in INPUTS:
            raise AnetValueError(f"column must be one of {', '.join(INPUTS)}, got {signal!r}")
        if name and name not in names and not parts_of(name, names):
            raise AnetValueError(f"{where} has no column {name!r}; its columns are {listed(names)}")
    found = {
        signal: chosen[signal] if signal in chosen else _find(names, signal, where, given or {}) for signal in INPUTS
    }
    found = {signal: name for signal, name in found.items() if name}
    if not found.keys() - {"step"}:
        found |= _by_shape(names)
    if not found.keys() - {"step"}:
        columns = listed(names)
        raise NoSignalError(
            f"{where} has no column that looks like a signal; its columns are {columns}. Name the one of the loss: "
            f"--column loss={repr(names[-1][:80]) if names else 'NAME'}; streams of other numbers are for "
            "`anet-lite detect`"
        )
    return found


def _find(names: list[str], signal: str, where: str, given: dict[str, int]) -> str:
    plain = {name: _snake(name) for name in names if not name.endswith(("__MIN", "__MAX"))}
    groups = [group for known in KNOWN[signal] for group in _called(plain, known)]
    most = max((given.get(name, 1) for group in groups for name in group), default=0)
    for group in groups:
        likely = [name for name in group if given.get(name, most) * _FEW >= most]
        if len(likely) > 1:
            raise AnetValueError(_several(likely, signal, where))
        if likely:
            return likely[0]
    return _other_loss(names, where) if signal == "loss" else ""


def _called(plain: dict[str, str], known: str) -> list[list[str]]:
    """Return the columns that have a name, and those that have it behind another."""
    ends = [name for name, text in plain.items() if _snake(_last(name)) == known and not _OTHER_SETS.search(text)]
    return [[name for name, text in plain.items() if text.strip("_") == known.strip("_")], ends]


def _other_loss(names: list[str], where: str) -> str:
    """Return the sum of a trainer's parts, the one column that is called a loss, or one that is a loss by its kind."""
    parts = [name for name in names if _snake(_last(name)).strip("_") in SUMMED and not _is_other(name)]
    if any(_snake(_last(name)).strip("_") in SUM_HAS for name in parts):
        return sum_of(parts)
    losses = [name for name in names if "loss" in _snake(name) and not _is_other(name)]
    if len(losses) > 1:
        raise AnetValueError(_several(losses, "loss", where))
    kinds = {_snake(name): name for name in reversed(names)}
    return losses[0] if losses else next((kinds[kind] for kind in WITHOUT_THE_WORD if kind in kinds), "")


def _is_other(name: str) -> bool:
    """Whether a column is of another set, or holds no loss of the step but its scale or the best one."""
    return bool(_OTHER_SETS.search(_snake(name)) or _NO_LOSS.search(_snake(name)))


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
