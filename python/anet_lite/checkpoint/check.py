"""Looks at every number of a checkpoint, alone or beside an earlier one."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from anet_lite.checkpoint.decode import FLOATS, WIDER_THAN_HALF
from anet_lite.checkpoint.files import held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from anet_lite.checkpoint.stored import StoredTensor

HALF = 65504.0
"""The largest number of IEEE 754 half precision: what is above it becomes infinite there."""


@dataclass
class CheckpointReport:
    """What was found. Lists hold names of tensors, in the order of the files."""

    path: str
    tensors: int = 0
    numbers: int = 0
    files: int = 0
    not_finite: dict[str, int] = field(default_factory=dict[str, int])
    """How many numbers of a tensor are NaN or infinite."""
    above_half: dict[str, float] = field(default_factory=dict[str, float])
    """The largest absolute value, of tensors of more than one number, where it exceeds 65,504."""
    zero: list[str] = field(default_factory=list[str])
    """Tensors of floats that are exactly 0."""
    against: str | None = None
    compared: int = 0
    """Tensors that the earlier checkpoint has too, in the same shape."""
    unchanged: list[str] = field(default_factory=list[str])
    """Tensors of floats whose numbers are those of the earlier checkpoint."""
    other_dtype: dict[str, str] = field(default_factory=dict[str, str])
    """Types now and before, such as ``BF16, before F32``."""
    only_here: list[str] = field(default_factory=list[str])
    only_before: list[str] = field(default_factory=list[str])
    unread: dict[str, str] = field(default_factory=dict[str, str])
    """Why a file or a tensor was not read."""

    @property
    def untrained_lora(self) -> list[str]:
        """The matrices B of low-rank adapters that are still 0, as they begin: they change nothing."""
        return [name for name in self.zero if "lora_B" in name]

    @property
    def stands_still(self) -> bool:
        """Whether no tensor of floats differs from the earlier checkpoint."""
        return self.compared > 0 and len(self.unchanged) == self.compared

    @property
    def is_sound(self) -> bool:
        """Whether nothing of this is a fault: frozen tensors, and zeros that are none of an adapter, are none."""
        faults = (self.not_finite, self.above_half, self.untrained_lora, self.other_dtype)
        return not any(faults) and not self.stands_still

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain types, with the three judgements."""
        judged = {name: getattr(self, name) for name in ("untrained_lora", "stands_still", "is_sound")}
        return {**asdict(self), **judged}


def check_checkpoint(
    path: str | os.PathLike[str],
    against: str | os.PathLike[str] | None = None,
    progress: Callable[[float], object] = lambda _: None,
) -> CheckpointReport:
    """Look at every number of a checkpoint: a file of safetensors or PyTorch, or a folder of them.

    Files are read in blocks; a file of PyTorch needs torch, and only tensors of it are read.

    Args:
        path: The checkpoint.
        against: An earlier one of the same run: what has not changed since, and whose type is another one.
        progress: Called with the part that is done, from 0 to 1.

    Returns:
        What was found.

    Raises:
        ImportError: It is PyTorch's, and torch is not installed.
        OSError: It cannot be opened.
        ValueError: It holds no tensor that can be read.

    Example:
        >>> import json, pathlib, struct, tempfile
        >>> from anet_lite.checkpoint import check_checkpoint
        >>> header = json.dumps({"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}).encode()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = pathlib.Path(folder, "model.safetensors")
        ...     _ = file.write_bytes(struct.pack("<Q", len(header)) + header + struct.pack("<2f", 1.0, float("nan")))
        ...     check_checkpoint(file).not_finite
        {'w': 1}

    """
    here, before = held(Path(path)), None if against is None else held(Path(against))
    report = CheckpointReport(os.fspath(path), len(here.tensors), 0, here.files, unread=dict(here.unread))
    total = sum(tensor.size for tensor in here.tensors.values()) or 1
    for name, tensor in here.tensors.items():
        earlier = before.tensors.get(name) if before is not None else None
        _look(report, name, tensor, earlier)
        report.numbers += tensor.size
        progress(report.numbers / total)
    if before is not None and against is not None:
        report.against = os.fspath(against)
        report.only_here = [name for name in here.tensors if name not in before.tensors]
        report.only_before = [name for name in before.tensors if name not in here.tensors]
        report.unread.update(before.unread)
    return report


def _look(report: CheckpointReport, name: str, tensor: StoredTensor, earlier: StoredTensor | None) -> None:
    """Look at one tensor, and at the earlier one beside it, block by block."""
    if tensor.dtype not in FLOATS or not tensor.size:
        return
    is_same = earlier is not None and earlier.shape == tensor.shape
    others: Iterable[Any] = earlier.blocks() if earlier is not None and is_same else ()
    bad, largest, zero = 0, 0.0, True
    same = is_same
    for block, other in zip_longest(tensor.blocks(), others):
        finite = np.isfinite(block)
        bad += int(block.size - np.count_nonzero(finite))
        largest = max(largest, float(np.abs(block[finite]).max(initial=0.0)))
        zero = zero and not block.any()
        same = same and other is not None and np.array_equal(block, other, equal_nan=True)
    if bad:
        report.not_finite[name] = bad
    if largest > HALF and tensor.dtype in WIDER_THAN_HALF and tensor.size > 1:
        report.above_half[name] = largest
    if zero:
        report.zero.append(name)
    if earlier is not None and is_same:
        report.compared += 1
        if same:
            report.unchanged.append(name)
        if earlier.dtype != tensor.dtype:
            report.other_dtype[name] = f"{tensor.dtype}, before {earlier.dtype}"
