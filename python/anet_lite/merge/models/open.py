"""From a path to a model."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from anet_lite._internal.one_line import one_line
from anet_lite._native import AnetTypeError, AnetValueError, WeightsFile
from anet_lite.merge.models.adapter import adapter_of
from anet_lite.merge.models.documents import beside, document, mapping
from anet_lite.merge.models.model import Model
from anet_lite.merge.models.stored import Stored

if TYPE_CHECKING:
    from os import PathLike

_INDEX = ".safetensors.index.json"
_ENDING = ".safetensors"
_PICKLES = (".bin", ".pt", ".pth", ".ckpt")


def open_model(path: str | PathLike[str]) -> Model:
    """Open a file, or a folder with an index, with shards, or with an adapter. Only headers are read.

    Raises:
        AnetTypeError: It is no path.
        AnetValueError: It is no safetensors file, or a folder without one; an index that names what is not there.
        OSError: A file cannot be read.

    """
    if not isinstance(path, (str, os.PathLike)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"a model must be a path, got {type(path).__name__}")
    name = os.fsdecode(path)
    if not os.path.isdir(name):
        return Model(name, _tensors(WeightsFile(name)))
    tensors = _of_folder(name)
    config = beside(name, "adapter_config.json")
    if config is None:
        return Model(name, tensors, folder=name)
    adapter, rest = adapter_of(config, tensors)
    return Model(name, rest, adapter, name)


def _tensors(file: WeightsFile) -> dict[str, Stored]:
    return {name: Stored(file, name, dtype, shape) for name, dtype, shape in file.tensors}


def _of_folder(folder: str) -> dict[str, Stored]:
    names = sorted(os.listdir(folder))
    indexes = [name for name in names if name.endswith(_INDEX)]
    if len(indexes) > 1:
        raise AnetValueError(f"{one_line(folder)}: {len(indexes)} indexes, where one is wanted: name a file")
    if indexes:
        return _of_index(folder, indexes[0])
    return _of_shards(folder, [name for name in names if name.endswith(_ENDING)])


def _of_shards(folder: str, shards: list[str]) -> dict[str, Stored]:
    if not shards:
        pickles = [name for name in os.listdir(folder) if name.endswith(_PICKLES)]
        hint = f"; {one_line(pickles[0])} is a pickle, which is not read: save it as safetensors" if pickles else ""
        raise AnetValueError(f"{one_line(folder)}: no file of safetensors in it{hint}")
    found: dict[str, Stored] = {}
    for shard in shards:
        tensors = _tensors(WeightsFile(os.path.join(folder, shard)))
        if twice := found.keys() & tensors.keys():
            raise AnetValueError(f"{one_line(folder)}: tensor {one_line(min(twice))} is in two of its files")
        found |= tensors
    return found


def _of_index(folder: str, index: str) -> dict[str, Stored]:
    """Take each tensor out of the file that the index names, which must lie in the folder."""
    path = os.path.join(folder, index)
    weight_map = mapping(document(path).get("weight_map"))
    if not weight_map:
        raise AnetValueError(f"{one_line(path)}: weight_map must be an object with tensors")
    files: dict[str, dict[str, Stored]] = {}
    found: dict[str, Stored] = {}
    for name, file in weight_map.items():
        shard = _plain(path, file)
        if shard not in files:
            files[shard] = _tensors(WeightsFile(os.path.join(folder, shard)))
        if name not in files[shard]:
            raise AnetValueError(f"{one_line(path)}: {one_line(shard)} has no tensor {one_line(name)}")
        found[name] = files[shard][name]
    return found


def _plain(path: str, file: object) -> str:
    """Return the name of a file in the same folder; one that leads out of it is refused."""
    if not isinstance(file, str) or file in ("", ".", "..") or "/" in file or "\\" in file or "\0" in file:
        raise AnetValueError(f"{one_line(path)}: weight_map must name files in its folder, got {one_line(repr(file))}")
    return file
