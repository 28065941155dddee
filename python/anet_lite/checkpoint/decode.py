"""The numbers behind the bytes of each type. NumPy lacks bfloat16 and the floats of eight bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLAIN = {
    "F64": "<f8",
    "F32": "<f4",
    "F16": "<f2",
    "I64": "<i8",
    "I32": "<i4",
    "I16": "<i2",
    "I8": "i1",
    "U64": "<u8",
    "U32": "<u4",
    "U16": "<u2",
    "U8": "u1",
    "BOOL": "u1",
    "C64": "<c8",
}
"""Types that NumPy has."""

BYTES = {**{name: np.dtype(code).itemsize for name, code in PLAIN.items()}, "BF16": 2, "F8_E5M2": 1, "F8_E4M3": 1}
"""Bytes of an element, by type: those that can be read."""

FLOATS = frozenset({"F64", "F32", "F16", "BF16", "F8_E5M2", "F8_E4M3", "C64"})
"""Types that know NaN."""

WIDER_THAN_HALF = frozenset({"F64", "F32", "BF16"})
"""Types whose numbers may exceed 65,504, the largest of F16."""


def numbers(raw: NDArray[np.uint8], dtype: str) -> NDArray[Any]:
    """Return the numbers of some bytes.

    Example:
        >>> import numpy as np
        >>> from anet_lite.checkpoint.decode import numbers
        >>> numbers(np.array([0x80, 0x3F, 0xC0, 0x7F], np.uint8), "BF16").tolist()
        [1.0, nan]
        >>> numbers(np.array([0x38, 0x7E, 0x7F], np.uint8), "F8_E4M3").tolist()
        [1.0, 448.0, nan]

    """
    if dtype == "BF16":
        return (raw.view("<u2").astype("<u4") << 16).view("<f4")
    if dtype == "F8_E5M2":
        return (raw.astype("<u2") << 8).view("<f2").astype("<f4")
    if dtype == "F8_E4M3":
        return _E4M3[raw]
    return raw.view(PLAIN[dtype])


def _e4m3() -> NDArray[np.float32]:
    """Return all 256 numbers: a sign, four bits of exponent with bias 7, three of mantissa; no infinity (OCP, 2023)."""
    code = np.arange(128)
    exponent, mantissa = code >> 3, (code & 7) / 8
    positive = np.where(exponent == 0, mantissa * 2.0**-6, (1 + mantissa) * 2.0 ** (exponent - 7.0))
    positive[127] = np.nan
    return np.concatenate([positive, -positive]).astype(np.float32)


_E4M3 = _e4m3()
