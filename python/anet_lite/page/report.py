"""A run as one self-contained page: from a file to HTML."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from anet_lite._internal.validate import language
from anet_lite._native import Monitor
from anet_lite.page.audit_records import audit
from anet_lite.page.read_run import read_run
from anet_lite.page.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from anet_lite.page.run import Run
    from anet_lite.reader.text import ReadOptions


def report(
    path: str | os.PathLike[str],
    *,
    tombstones: str | os.PathLike[str] | None = None,
    columns: Mapping[str, str] | None = None,
    monitor: Monitor | None = None,
    progress: Callable[[float], None] | None = None,
    lang: str = "en",
) -> str:
    """Return one HTML page with the plots of a run, its alarms with their explanations, and its tombstones.

    The page needs nothing but a browser: no network, no other file. Records show what was recorded; of another file
    the monitor is run now. ``anet-lite report`` writes the same page.

    Args:
        path: Records, CSV, JSON lines, a ``trainer_state.json``, a folder of TensorBoard, Parquet.
        tombstones: A tombstone log of the run, whose records are shown too. Where the log is altered, the page says so
            and shows the records before the first altered line.
        columns: The column of a signal by the signal's name, where the guess is wrong; ``""`` leaves the signal out.
        monitor: What other files than records are replayed with; by default a new one. It is updated. Its named signals
            have plots of their own, as have columns whose name is in common use.
        progress: Called with the part that is done, from 0 to 1.
        lang: ``en`` or ``ja``. Explanations that were recorded stay as they are.

    Raises:
        OSError: A file cannot be read.
        ImportError: What reads it is not installed.
        ValueError: It has no such columns, none of a signal of the monitor, or none that looks like a signal; or there
            is no such language.

    Example:
        >>> import tempfile
        >>> from anet_lite import Monitor, Recorder, report
        >>> monitor = Monitor()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with Recorder(f"{folder}/run.jsonl") as recorder:
        ...         for loss in [2.5, 2.4, float("nan")]:
        ...             recorder.write(monitor.update(loss=loss))
        ...     page = report(recorder.path)
        >>> page[:15], "the run is failing" in page
        ('<!doctype html>', True)

    """
    language(lang)
    monitor = Monitor() if monitor is None else monitor
    shown = run_of(os.fspath(path), tombstones, dict(columns or {}), monitor, progress or (lambda _: None), lang=lang)
    return render(shown, lang)


def run_of(
    path: str,
    tombstones: str | os.PathLike[str] | None,
    columns: dict[str, str],
    monitor: Monitor,
    progress: Callable[[float], None],
    reading: ReadOptions | None = None,
    lang: str = "en",
) -> Run:
    """Read a run and its tombstones; the arguments and errors are those of ``report``."""
    run = read_run(path, monitor, columns, progress, reading, lang)
    if tombstones is not None:
        run.audit, run.audit_remark = audit(os.fspath(tombstones))
    return run
