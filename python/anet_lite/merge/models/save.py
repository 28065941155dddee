"""Arrays as a file of safetensors."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from anet_lite._native import AnetValueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

    from numpy.typing import ArrayLike

_TYPES = {
    "f8": "F64", "f4": "F32", "f2": "F16", "i8": "I64", "i4": "I32", "i2": "I16", "i1": "I8",
    "u8": "U64", "u4": "U32", "u2": "U16", "u1": "U8", "b1": "BOOL",
}  # fmt: skip
_ALIGNED = 8
"""The header is filled up with spaces to a multiple of this, as the format asks."""


def save(path: str | PathLike[str], tensors: Mapping[str, ArrayLike] | Iterable[tuple[str, ArrayLike]]) -> None:
    """Write arrays into a safetensors file, such as those that ``mix`` yields. All of them are held in memory.

    Raises:
        AnetValueError: Two have one name, or one is of a type that the format has not.
        OSError: The file cannot be written.

    Example:
        >>> import os, tempfile
        >>> from anet_lite import merge
        >>> path = os.path.join(tempfile.mkdtemp(), "model.safetensors")
        >>> merge.save(path, {"w": [[1.0, 2.0], [3.0, 4.0]]})
        >>> dict(merge.mix(path, path, 0.5))["w"].tolist()
        [[1.0, 2.0], [3.0, 4.0]]

    """
    import numpy as np

    arrays = list(tensors.items() if hasattr(tensors, "items") else tensors)  # pyright: ignore
    header: dict[str, object] = {}
    parts: list[bytes] = []
    at = 0
    for name, value in arrays:
        array = np.asarray(value)
        kind = _TYPES.get(f"{array.dtype.kind}{array.dtype.itemsize}")
        if kind is None:
            raise AnetValueError(f"tensors must be of a type of safetensors, got {array.dtype} for {name!r}")
        if name in header:
            raise AnetValueError(f"tensors must have different names, got {name!r} twice")
        part = array.astype(array.dtype.newbyteorder("<")).tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [at, at + len(part)]}
        parts.append(part)
        at += len(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % _ALIGNED)
    with open(os.fspath(path), "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        file.writelines(parts)
