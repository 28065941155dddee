"""No poisoned checkpoint in Keras: a gate in ``ModelCheckpoint``, between its decision to save and the file."""

from __future__ import annotations

import inspect
import os
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.integrations.method_hook import MethodHook

if TYPE_CHECKING:
    from collections.abc import Callable

    from anet_lite._internal.log_once import LogOnce
    from anet_lite.integrations.remarks import Remarks
    from anet_lite.integrations.saving import Inspection, Saving

MARK = ".anet.json"
"""What follows a checkpoint's name in that of the file that says what is wrong with it."""


class CheckpointGate:
    """Stands in one ``ModelCheckpoint``: a model that is refused is neither saved nor the best so far.

    Args:
        callback: The ``ModelCheckpoint``.
        saving: What decides.
        look: Looks at the model.
        remarks: Where a bad one is told.

    """

    def __init__(self, callback: Any, saving: Saving, look: Callable[[], Inspection], remarks: Remarks) -> None:
        self._callback, self._saving, self._look, self._remarks = callback, saving, look, remarks
        self._path: str = ""
        self._best: Any = None
        self._writes = False

    def hooks(self, log_once: LogOnce) -> list[MethodHook]:
        """Return its hooks, which are at work until they are removed."""
        return [
            MethodHook(self._callback, "_should_save_model", log_once, before=self._note, change=self._judge),
            MethodHook(self._callback, "_save_model", log_once, after=self._wrote),
        ]

    def _note(self, epoch: int, batch: int | None, logs: Any, filepath: Any) -> None:  # noqa: ARG002
        self._path, self._best, self._writes = os.fspath(filepath), self._callback.best, False

    def _judge(self, saves: Any) -> Any:
        if not saves or self._saving.on_bad_save == "keep":
            return saves
        self._writes = self._saving.decide(self._look(), os.path.basename(self._path), self._remarks)
        if not self._writes:
            self._callback.best = self._best
        return self._writes

    def _wrote(self, _: Any) -> None:
        if self._writes:
            self._writes = False
            self._saving.wrote(os.path.basename(self._path), f"{self._path}{MARK}")


def beside(callback: Any) -> list[Any]:
    """Return the ``ModelCheckpoint`` callbacks in the list that called this one: Keras gives a callback no list."""
    kind, frame = need("keras", "keras").callbacks.ModelCheckpoint, inspect.currentframe()
    while frame is not None:
        listed = getattr(frame.f_locals.get("self"), "callbacks", None)
        if isinstance(listed, list) and callback in listed:
            return [one for one in listed if isinstance(one, kind)]  # pyright: ignore[reportUnknownVariableType]
        frame = frame.f_back
    return []
