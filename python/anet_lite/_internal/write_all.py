"""A write that is whole."""

from __future__ import annotations

import os


def write_all(file: int, content: bytes) -> None:
    """Write all of the content: in one call as a rule, since only a disk that is nearly full takes a part."""
    while content:
        content = content[os.write(file, content) :]
