"""A set in one .npz, from here or anywhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from detection.series import Series

if TYPE_CHECKING:
    from pathlib import Path


def from_npz(path: Path) -> list[Series]:
    """Arrays ``x|NAME`` and ``y|NAME``, and ``meta``: JSON with ``burn``, one or for each name, and ``window``."""
    arrays = np.load(path)
    meta = json.loads(bytes(arrays["meta"]))
    names = [key[2:] for key in arrays.files if key.startswith("x|")]
    burn = meta["burn"] if isinstance(meta["burn"], dict) else dict.fromkeys(names, meta["burn"])
    return [
        Series(name, arrays[f"x|{name}"].astype(float), arrays[f"y|{name}"] > 0, burn[name], meta["window"][name])
        for name in names
    ]
