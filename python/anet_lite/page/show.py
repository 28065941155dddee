"""A run's page in a notebook, live while it is recorded."""

from __future__ import annotations

import html
import os
import threading
import time
import weakref
from importlib import import_module
from typing import Any, Callable

from anet_lite._internal.log_once import LogOnce
from anet_lite._internal.validate import at_least, language
from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.page.report import report
from anet_lite.records import Recorder

_EVERY = 1.0
"""Seconds between two pictures."""
_PATIENCE = 20
"""Making pictures may take one part in so many of the time: a training goes on in the same process."""
_PLAIN = '<meta name="color-scheme" content="light dark">'
"""What makes a sentence readable in a dark notebook."""
_NOTHING = {"en": "No record yet.", "ja": "まだ記録がありません。"}


def show(run: str | os.PathLike[str] | Recorder, *, height: int = 640, lang: str = "en") -> Shown:
    """Return what a notebook draws as a run's page: the one of ``report``, in a frame of its own.

    A ``Recorder`` is drawn live: as the last line of a cell, or with IPython's ``display``, it is redrawn while later
    cells train, at most once a second and for one part in twenty of the time, until it is closed. A path is read now.
    Nothing is asked of the network, and no extra is needed.

    Args:
        run: A file of a run, as ``report`` takes it, or the recorder that writes one.
        height: The height of the frame in pixels, at least 100.
        lang: ``en`` or ``ja``.

    Raises:
        OSError: The file cannot be read.
        ImportError: What reads it is not installed.
        TypeError: ``run`` is neither a path nor a recorder.
        ValueError: The file is no run, the recorder's records go to a board, or there is no such language.

    Example:
        >>> import tempfile
        >>> from anet_lite import Monitor, Recorder, show
        >>> monitor = Monitor()
        >>> with tempfile.TemporaryDirectory() as folder, Recorder(f"{folder}/run.jsonl") as recorder:
        ...     for loss in [2.5, 2.4, float("nan")]:
        ...         recorder.write(monitor.update(loss=loss))
        ...     drawn = show(recorder)._repr_html_()
        >>> drawn[:7], "the run is failing" in drawn
        ('<iframe', True)

    """
    language(lang)
    at_least("height", height, 100)
    if isinstance(run, Recorder):
        return Shown(_Recorded(run, lang), height)
    if not isinstance(run, (str, os.PathLike)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"run must be a path or a Recorder, got {type(run).__name__}")
    page = report(run, lang=lang)
    return Shown(lambda: page, height)


class Shown:
    """A run's page, as a notebook draws it.

    Args:
        page: Makes the page as it is now.
        height: The height of its frame in pixels.

    """

    def __init__(self, page: Callable[[], str], height: int) -> None:
        self._page, self._height = page, height

    def __repr__(self) -> str:
        return "<a run's page: a notebook draws it>"

    def _repr_html_(self) -> str:
        # A frame of its own, which may run its scripts, and reach nothing of the notebook.
        return (
            f'<iframe srcdoc="{html.escape(self._page())}" sandbox="allow-scripts" title="anet-lite" '
            f'style="width: 100%; height: {self._height}px; border: 0"></iframe>'
        )

    def _ipython_display_(self) -> None:
        """Draw now, and while a recorder writes; IPython calls this."""
        display: Any = import_module("IPython.display").display  # who calls this is IPython: it is there
        handle: Any = display(self._bundle(), raw=True, display_id=True)
        if isinstance(self._page, _Recorded) and handle is not None:
            threading.Thread(target=self._follow, args=(self._page, handle), name="anet-lite show", daemon=True).start()

    def _follow(self, run: _Recorded, handle: Any) -> None:
        drawn, is_over, cost = run.records, False, 0.0
        with LogOnce("a live picture of a run"):
            while not is_over:
                time.sleep(max(_EVERY, _PATIENCE * cost))
                is_over, begun, count = (
                    run.is_over,
                    time.monotonic(),
                    run.records,
                )  # in this order: the end is drawn too
                if count != drawn or is_over:
                    handle.update(self._bundle(), raw=True)
                    drawn, cost = count, time.monotonic() - begun

    def _bundle(self) -> dict[str, str]:
        return {"text/html": self._repr_html_(), "text/plain": repr(self)}


class _Recorded:
    """The page of what a recorder has written by now. It keeps no recorder alive that its user has dropped."""

    def __init__(self, recorder: Recorder, lang: str) -> None:
        if recorder._sender:  # pyright: ignore[reportPrivateUsage]
            raise AnetValueError("run must be a recorder of a file; this one sends to a board, which shows what it has")
        self._recorder = weakref.ref(recorder)
        self._paths = recorder._lines_at, recorder._at  # pyright: ignore[reportPrivateUsage]
        self._lang = lang

    @property
    def is_over(self) -> bool:
        recorder = self._recorder()
        return recorder is None or bool(recorder._over)  # pyright: ignore[reportPrivateUsage]

    @property
    def records(self) -> int:
        recorder = self._recorder()
        return recorder.records if recorder else -1

    def __call__(self) -> str:
        try:
            return report(next(filter(os.path.exists, self._paths), self._paths[1]), lang=self._lang)
        except (OSError, ValueError) as error:
            return _PLAIN + html.escape(str(error) if self.records else _NOTHING[self._lang])
