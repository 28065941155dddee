"""A board as a process of its own, a browser, and runs to show."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from anet_lite import Monitor, Recorder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page


@contextmanager
def served(folder: Path, cache: Path, port: int = 0, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start a board; give its address and its process."""
    command = [sys.executable, "-m", "anet_lite", "board", str(folder), "--port", str(port), *options]
    env = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().split()[-3], process
        finally:
            process.kill()  # or leaving waits for ever


@contextmanager
def browsed() -> Iterator[Page]:
    """Open a browser."""
    found = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser.new_context(viewport={"width": 1200, "height": 900}).new_page()
        browser.close()


def peak_memory(process: subprocess.Popen[str]) -> float:
    """Return the most memory that a process has had, in megabytes."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1000


def record(path: Path, rows: int, breaks: int) -> None:
    """Write a run that breaks at a row."""
    monitor = Monitor()
    with Recorder(path) as recorder:
        for at in range(rows):
            loss = 2.0 / (1 + at / 500) + 0.01 * (at % 7) + (3.0 if at >= breaks else 0.0)
            recorder.write(monitor.update(loss=loss, grad_norm=1 + 0.1 * (at % 5), lr=1e-3))
