"""What a file is that is no text, by its first bytes or its name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anet_lite.reader.table import Source

_HEAD = 64


def of_bytes(path: str) -> Source | None:
    """Return a file as a source where its first bytes or its name say that it is no text; else None."""
    from anet_lite.reader.forms.binary import arrow, numpy_file
    from anet_lite.reader.forms.runs import mlflow, tensorboard, wandb

    with open(path, "rb") as file:
        head = file.read(_HEAD)
    if head.startswith((numpy_file.ARRAY, numpy_file.ARCHIVE)) and path.endswith((".npy", ".npz")):
        return numpy_file.NumpyFile(path)
    if head.startswith(wandb.MARK):
        return wandb.WandbFile(path)
    if head.startswith(mlflow.MARK):
        return mlflow.MlflowDatabase(path)
    if tensorboard.is_event_file(os.path.basename(path)):
        return tensorboard.EventFiles(path)
    return arrow.arrow_file(path, head)
