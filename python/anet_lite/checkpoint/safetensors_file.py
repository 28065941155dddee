"""Files of safetensors: eight bytes of length, a header in JSON, the bytes of the tensors.

Read here and not by the package of that name, which gives NumPy no bfloat16 and no floats of eight bits.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from anet_lite._native import AnetValueError
from anet_lite.checkpoint.decode import BYTES, numbers
from anet_lite.checkpoint.stored import BLOCK, StoredTensor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

_LONGEST = 100_000_000
"""Bytes of a header: the limit of the format itself."""


def safetensors_tensors(path: Path) -> tuple[list[StoredTensor], list[str]]:
    """Return the tensors of a file, and those of a type that cannot be read.

    Raises:
        ValueError: It is no such file, or a damaged one.

    """
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if size < 8 or length > min(size - 8, _LONGEST):
            raise AnetValueError(f"{path} is no whole safetensors file: its header is longer than the file")
        try:
            header = json.loads(file.read(length))
        except ValueError:
            raise AnetValueError(f"{path} is no whole safetensors file: its header is no JSON") from None
    if not isinstance(header, dict):
        raise AnetValueError(f"{path} is no whole safetensors file: its header is no object")
    entries = {name: entry for name, entry in cast("dict[str, Any]", header).items() if name != "__metadata__"}
    found = [_tensor(path, name, entry, 8 + length, size) for name, entry in entries.items()]
    return [tensor for tensor in found if tensor.dtype in BYTES], [t.name for t in found if t.dtype not in BYTES]


def _tensor(path: Path, name: str, entry: Any, base: int, end: int) -> StoredTensor:
    try:
        dtype, shape = str(entry["dtype"]), tuple(int(part) for part in entry["shape"])
        first, last = (base + int(offset) for offset in entry["data_offsets"])
    except (KeyError, TypeError, ValueError):
        raise AnetValueError(f"{path} is no whole safetensors file: what it says of {name!r:.80} is damaged") from None
    size = math.prod(shape)
    if not base <= first <= last <= end or (last - first != size * BYTES.get(dtype, 0) and dtype in BYTES):
        raise AnetValueError(f"{path} is no whole safetensors file: the bytes of {name!r:.80} are not there")

    def blocks() -> Iterator[NDArray[Any]]:
        width = BYTES[dtype]
        for at in range(first, last, BLOCK * width):
            taken = min(BLOCK * width, last - at)
            yield numbers(np.memmap(path, np.uint8, "r", at, (taken,)), dtype)

    return StoredTensor(name, dtype, shape, size, blocks)
