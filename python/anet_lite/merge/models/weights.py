"""Weights as arrays: of a model on a disk, or given in memory."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Union

from anet_lite._internal.one_line import one_line
from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.merge.models.open import open_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy import floating
    from numpy.typing import NDArray

    Loaders = dict[str, Callable[[], NDArray[floating[Any]]]]

Weights = Union[str, "PathLike[str]", Mapping[str, Any]]
"""The path of a model, or its arrays by name."""


def float_tensors(name: str, model: Weights) -> Loaders:
    """Return, by its name, how each tensor of floating-point numbers is read. ``name`` is that of the argument.

    Raises:
        AnetTypeError: It is neither a path nor a mapping.
        AnetValueError: It is an adapter, or holds no such tensor.
        OSError: A file cannot be read.

    """
    found = _in_memory(model) if isinstance(model, Mapping) else _on_disk(name, model)
    if not found:
        raise AnetValueError(f"{name} must hold tensors of floating-point numbers, got none")
    return found


def _in_memory(model: Mapping[str, Any]) -> Loaders:
    import numpy as np

    arrays = {key: np.asarray(value) for key, value in model.items()}
    return {key: lambda array=array: array for key, array in arrays.items() if array.dtype.kind == "f"}


def _on_disk(name: str, model: Any) -> Loaders:
    if not isinstance(model, (str, PathLike)):
        raise AnetTypeError(f"{name} must be a path or a mapping of arrays, got {type(model).__name__}")
    opened = open_model(fspath(model))  # pyright: ignore[reportUnknownArgumentType]
    if opened.adapter is not None:
        raise AnetValueError(f"{name} must be a whole model, got the adapter {one_line(opened.path)}")
    return {key: stored.read for key, stored in opened.tensors.items() if stored.is_read}
