"""What a path holds: a file, or the folder of a checkpoint with its weights, shards and optimizer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from anet_lite._native import AnetValueError
from anet_lite.checkpoint.safetensors_file import safetensors_tensors
from anet_lite.checkpoint.torch_file import torch_tensors

if TYPE_CHECKING:
    from pathlib import Path

    from anet_lite.checkpoint.stored import StoredTensor

PYTORCH = (".pt", ".pth", ".ckpt", ".bin")
NO_WEIGHTS = re.compile(r"rng_state.*|scheduler\.(pt|bin)|training_args\.bin|scaler\.pt|sampler.*|dataloader.*")
"""Files of a trainer that hold settings and states of random generators."""
_SHARD = re.compile(r"-\d+-of-\d+")


class Held(NamedTuple):
    """The tensors of a checkpoint, by a name that another checkpoint of the run has too, and what was not read."""

    tensors: dict[str, StoredTensor]
    files: int
    unread: dict[str, str]
    """Why each file, or tensor, was not read."""


def held(path: Path) -> Held:
    """Read what a path holds.

    Raises:
        ValueError: It holds no tensor that can be read; or one file is damaged.
        OSError: It cannot be opened.

    """
    if not path.is_dir():
        known, unknown = _read(path)
        found = Held({tensor.name: tensor for tensor in known}, 1, dict.fromkeys(unknown, "its type is not known"))
    else:
        found = _folder(path)
    if not found.tensors:
        why = "; ".join(f"{name}: {reason}" for name, reason in found.unread.items())
        raise AnetValueError(f"{path} holds no tensor that can be read{f' ({why})' if why else ''}")
    return found


def _folder(path: Path) -> Held:
    files = sorted(file for file in path.rglob("*") if file.suffix in (".safetensors", ".distcp", *PYTORCH))
    tensors: dict[str, StoredTensor] = {}
    unread: dict[str, str] = {}
    read = 0
    stems = {_SHARD.sub("", str(file.relative_to(path))) for file in files if not NO_WEIGHTS.fullmatch(file.name)}
    for file in files:
        name = str(file.relative_to(path))
        if NO_WEIGHTS.fullmatch(file.name):
            unread[name] = "it holds no weights"
            continue
        try:
            known, unknown = _read(file)
        except (AnetValueError, ImportError) as error:
            unread[name] = str(error)
            continue
        read += 1
        before = f"{_SHARD.sub('', name)}:" if len(stems) > 1 else ""
        tensors.update({before + tensor.name: tensor for tensor in known})
        unread.update({before + tensor: "its type is not known" for tensor in unknown})
    return Held(tensors, read, unread)


def _read(file: Path) -> tuple[list[StoredTensor], list[str]]:
    if file.suffix == ".safetensors":
        return safetensors_tensors(file)
    if file.suffix in PYTORCH:
        return torch_tensors(file)
    raise AnetValueError(
        f"{file} is of a kind that is not read: .safetensors, {', '.join(PYTORCH)} or a folder of them"
    )
