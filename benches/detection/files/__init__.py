"""Readers of sets of series: an .npz, and benchmarks as they are published. README.md says where each is had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detection.files.aiops import from_aiops
from detection.files.nab import from_nab
from detection.files.npz import from_npz
from detection.files.tsb_ad import from_tsb_ad
from detection.files.ucr import from_ucr
from detection.files.wsd import from_wsd

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from detection.series import Series

FOLDERS: dict[str, Callable[[Path], list[Series]]] = {
    "NAB": from_nab,
    "WSD": from_wsd,
    "AIOPS": from_aiops,
    "UCR": from_ucr,
    "TSB_AD": from_tsb_ad,
}
"""What reads the folder of each published benchmark."""

__all__ = ["FOLDERS", "from_aiops", "from_nab", "from_npz", "from_tsb_ad", "from_ucr", "from_wsd"]
