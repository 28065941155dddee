"""Writes files of safetensors, sound ones and damaged ones."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

CODES = {"F32": "<f4", "F64": "<f8", "F16": "<f2", "I64": "<i8", "U8": "u1"}


def bfloat16(values: Any) -> bytes:
    """Numbers cut to their upper sixteen bits."""
    return (np.asarray(values, "<f4").view("<u4") >> 16).astype("<u2").tobytes()


def write(path: Path, **tensors: tuple[str, Any]) -> Path:
    """Write tensors, each a type and its numbers."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    body = b""
    for name, (dtype, values) in tensors.items():
        array = np.asarray(values, dtype=float)
        data = bfloat16(array) if dtype == "BF16" else array.astype(CODES[dtype]).tobytes()
        entry = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(body), len(body) + len(data)]}
        header[name.replace("__", ".")] = entry
        body += data
    return raw(path, header, body)


def raw(path: Path, header: Any, body: bytes = b"") -> Path:
    """Write a header and what follows it, whatever they are."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)
    return path
