"""The same ten runs in TensorBoard, and in trackio where ``TRACKIO`` names its Python: seconds to a picture, bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from anet_lite import Monitor
from anet_lite.integrations.tensorboard import TensorBoardTracker
from board.process import browsed, record, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

_RUNS, _ROWS = 10, 2000


def table(folder: Path) -> Iterator[str]:
    """Yield the table."""
    (folder / "ours").mkdir(parents=True)
    for at in range(_RUNS):
        record(folder / "ours" / f"run-{at}.jsonl", _ROWS, 1800 if at % 2 else _ROWS)
        _events(folder / "theirs" / f"run-{at}", 1800 if at % 2 else _ROWS)
    yield f"| {_RUNS} runs of {_ROWS:,} rows | from the start of the server to a picture, s | bytes |"
    yield "|---|---|---|"
    with browsed() as page:
        begun = time.monotonic()
        with served(folder / "ours", folder / "cache") as (address, _):
            yield f"| anet-lite board | {_first(page, address, '#runs tbody svg', begun)} |"
        begun = time.monotonic()
        command = [sys.executable, "-m", "tensorboard.main", "--logdir", str(folder / "theirs"), "--port", "0"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            address = next(found[0] for line in process.stderr if (found := re.search(r"http://\S+", line)))
            yield f"| TensorBoard | {_first(page, address, 'line-chart canvas, line-chart svg path', begun)} |"
            process.kill()
        if trackio := os.environ.get("TRACKIO"):
            yield f"| trackio | {_trackio(page, trackio, folder)} |"


_LOGGED = f"""
import trackio
for at in range({_RUNS}):
    trackio.init(project="runs", name=f"run-{{at}}")
    for row in range({_ROWS}):
        far = 3.0 if row >= (1800 if at % 2 else {_ROWS}) else 0.0
        loss = 2.0 / (1 + row / 500) + 0.01 * (row % 7) + far
        trackio.log({{"loss": loss, "grad_norm": 1 + 0.1 * (row % 5), "lr": 1e-3}})
    trackio.finish()
"""
"""What trackio is given, in an environment of its own: it wants other versions than we do."""


def _trackio(page: Page, python: str, folder: Path) -> str:
    env = {**os.environ, "TRACKIO_DIR": str(folder / "trackio"), "PYTHONUNBUFFERED": "1", "BROWSER": "true"}
    subprocess.run([python, "-c", _LOGGED], env=env, check=True, stdout=subprocess.DEVNULL)
    begun, command = time.monotonic(), [python, "-m", "trackio.cli", "show", "--project", "runs"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = next(
            found[0] for line in process.stdout if (found := re.search(r"http://[\w.:]+/\?project=\w+", line))
        )
        told = _first(page, address, ".plot canvas.marks", begun)
        process.kill()
    return told


def _events(folder: Path, breaks: int) -> None:
    tracker, monitor = TensorBoardTracker(str(folder)), Monitor()
    for at in range(_ROWS):
        loss = 2.0 / (1 + at / 500) + 0.01 * (at % 7) + (3.0 if at >= breaks else 0.0)
        tracker.log(monitor.update(loss=loss, grad_norm=1 + 0.1 * (at % 5), lr=1e-3))
    tracker.close()


def _first(page: Page, address: str, picture: str, begun: float) -> str:
    sizes: list[float] = []
    network = page.context.new_cdp_session(page)
    network.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    network.send("Network.enable")
    page.goto(address)
    page.wait_for_selector(picture, timeout=120_000)
    return f"{time.monotonic() - begun:.1f} | {sum(sizes):,.0f}"
