"""References in files: one JSON object, whose header says what the reference was learned on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from anet_lite._native import AnetValueError, Reference

if TYPE_CHECKING:
    import os


def save_reference(reference: Reference, path: str | os.PathLike[str]) -> None:
    """Write a reference to a file, replacing it.

    Example:
        >>> import tempfile, pathlib
        >>> from anet_lite import Monitor
        >>> from anet_lite.reference import load_reference, save_reference
        >>> monitor = Monitor()
        >>> updates = monitor.update_many([2.0 - 0.01 * step for step in range(100)])
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "good.json"
        >>> save_reference(monitor.reference("run 7, seed 0"), path)
        >>> load_reference(path)
        Reference(learned_on='run 7, seed 0', rows=100)

    """
    Path(path).write_text(json.dumps(reference.to_dict(), ensure_ascii=False), encoding="utf-8")


def load_reference(path: str | os.PathLike[str]) -> Reference:
    """Read what `save_reference` wrote.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is not a reference, of another version, or damaged.

    """
    try:
        state: object = json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:
        raise AnetValueError(f"{path} is not a reference: {error}") from error
    if not isinstance(state, dict):
        raise AnetValueError(f"{path} is not a reference: it holds no object")
    return Reference.from_dict(cast("dict[str, Any]", state))
