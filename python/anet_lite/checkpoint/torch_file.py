"""Files of PyTorch: pickled states, of which tensors alone are read, never objects that could run code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from anet_lite._internal.optional_import import need
from anet_lite._native import AnetValueError
from anet_lite.checkpoint.stored import BLOCK, StoredTensor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_NAMES = {
    "float64": "F64",
    "float32": "F32",
    "float16": "F16",
    "bfloat16": "BF16",
    "float8_e5m2": "F8_E5M2",
    "float8_e4m3fn": "F8_E4M3",
    "int64": "I64",
    "int32": "I32",
    "int16": "I16",
    "int8": "I8",
    "uint8": "U8",
    "bool": "BOOL",
    "complex64": "C64",
}
_NARROW = ("BF16", "F8_E5M2", "F8_E4M3")


def torch_tensors(path: Path) -> tuple[list[StoredTensor], list[str]]:
    """Return the tensors of a file by their path in the state, and those of a type that cannot be read.

    Raises:
        ImportError: PyTorch is not installed.
        ValueError: It is no such file, a damaged one, or one that holds more than tensors and plain values.

    """
    torch: Any = need("torch", "torch")
    try:
        state = _load(torch, path)
    except Exception as error:
        why = (str(error).splitlines() or [type(error).__name__])[0]
        raise AnetValueError(f"{path} cannot be read without running code of its own, or is damaged: {why}") from None
    found = list(_walk(torch, "", state))
    known = [_tensor(name, value) for name, value in found if _dtype(value) in _NAMES]
    return known, [name for name, value in found if _dtype(value) not in _NAMES]


def _load(torch: Any, path: Path) -> Any:
    try:
        return torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except RuntimeError:  # the old format cannot be mapped
        return torch.load(path, map_location="cpu", weights_only=True)


def _walk(torch: Any, name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, torch.Tensor):
        yield name, value
        return
    entries: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        entries = cast("dict[Any, Any]", value).items()
    elif isinstance(value, (list, tuple)):
        entries = enumerate(cast("list[Any]", value))
    for key, inner in entries:
        yield from _walk(torch, f"{name}.{key}" if name else str(key), inner)


def _dtype(tensor: Any) -> str:
    return str(tensor.dtype).partition(".")[2]


def _tensor(name: str, tensor: Any) -> StoredTensor:
    dtype = _NAMES[_dtype(tensor)]
    flat = tensor.detach().reshape(-1)

    def blocks() -> Iterator[Any]:
        for at in range(0, flat.numel(), BLOCK):
            part = flat[at : at + BLOCK]
            yield (part.float() if dtype in _NARROW else part).numpy()

    return StoredTensor(name, dtype, tuple(tensor.shape), tensor.numel(), blocks)
