"""Files of weights for tests: any type, any header, and models that were damaged in one known way."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Arrays = dict[str, np.ndarray]


def raw(path: Path, header: Any, data: bytes = b"", length: int | None = None) -> str:
    """Write a header as it is, with its length or another one."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text) if length is None else length) + text + data)
    return str(path)


def write(path: Path, tensors: Mapping[str, tuple[str, tuple[int, ...], bytes]]) -> str:
    """Write tensors that are bytes already."""
    header, at = {}, 0
    for name, (dtype, shape, data) in tensors.items():
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [at, at + len(data)]}
        at += len(data)
    return raw(path, header, b"".join(data for _, _, data in tensors.values()))


def as_type(array: np.ndarray, dtype: str) -> bytes:
    """Return the bytes of an array in a type of the format; BF16 is rounded to nearest, ties to even."""
    if dtype == "BF16":
        bits = np.ascontiguousarray(array, "<f4").view("<u4").astype(np.uint64)
        return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype("<u2").tobytes()
    return np.ascontiguousarray(array, {"F64": "<f8", "F32": "<f4", "F16": "<f2"}[dtype]).tobytes()


def model(path: Path, arrays: Arrays, dtype: str = "F32") -> str:
    """Write arrays in one type."""
    return write(path, {name: (dtype, array.shape, as_type(array, dtype)) for name, array in arrays.items()})


def base(seed: int = 0) -> Arrays:
    """Return the weights of a small net: an embedding, three blocks, a norm and a head."""
    random = np.random.default_rng(seed)
    arrays: Arrays = {"embed.weight": random.standard_normal((300, 32))}
    for block in range(3):
        arrays[f"blocks.{block}.up.weight"] = random.standard_normal((64, 32))
        arrays[f"blocks.{block}.up.bias"] = np.zeros(64)
        arrays[f"blocks.{block}.down.weight"] = random.standard_normal((32, 64))
    arrays["norm.weight"] = np.ones(32)
    arrays["head.weight"] = random.standard_normal((20, 32))
    return arrays


def moved(arrays: Arrays, seed: int, size: float = 0.1) -> Arrays:
    """Return weights that were trained further, in a direction of their own."""
    random = np.random.default_rng(seed)
    return {name: array + size * random.standard_normal(array.shape) for name, array in arrays.items()}


def permuted(arrays: Arrays, block: int, seed: int = 0) -> Arrays:
    """Return a net that computes the same, with the hidden units of a block in another order."""
    order = np.random.default_rng(seed).permutation(64)
    name = f"blocks.{block}"
    return {
        **arrays,
        f"{name}.up.weight": arrays[f"{name}.up.weight"][order],
        f"{name}.up.bias": arrays[f"{name}.up.bias"][order],
        f"{name}.down.weight": arrays[f"{name}.down.weight"][:, order],
    }
