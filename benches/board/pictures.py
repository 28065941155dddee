"""Draws docs/img/board.png and report.png: ``PYTHONPATH=benches python -m board.pictures``; needs Playwright."""

from __future__ import annotations

import random
import tempfile
from math import exp
from pathlib import Path

from anet_lite import Monitor, Recorder, report
from board.process import browsed, served

_IMAGES = Path(__file__).parents[2] / "docs" / "img"
_GROUPS = [f"layers.{at}" for at in range(12)]
_RUNS = {
    "base": (10**9, ["sweep-3"]),
    "high-lr": (1200, ["sweep-3", "lr"]),
    "wide": (10**9, ["width"]),
    "late": (1500, ["lr"]),
}
"""The step from which on each run goes wrong, and its tags."""


def _record(path: Path, seed: int, breaks: int, tags: list[str]) -> None:
    """Write a run whose upper layers' gradients explode from a row on, measured in each eighth step."""
    noise, monitor = random.Random(seed), Monitor()
    with Recorder(path, tags=tags, extra={f"{name}/grad_norm": float for name in _GROUPS}) as recorder:
        for at in range(1600):
            far = max(0, at - breaks) / 40
            loss = 0.5 + 2 * exp(-at / 200) + 0.03 * noise.gauss(0, 1) + far**2
            snap = monitor.update(step=at, loss=loss, grad_norm=1 + 0.1 * noise.gauss(0, 1) + 3 * far, lr=1e-3)
            if at == breaks + 8:
                recorder.note("the data loader was restarted")
            upper = [far if place >= 8 else 0.1 * far for place in range(len(_GROUPS))]
            norms = [exp(0.1 * noise.gauss(0, 1) + min(each, 6.0)) for each in upper]
            named = {f"{name}/grad_norm": norm for name, norm in zip(_GROUPS, norms)}
            recorder.write(snap, **(named if at % 8 == 7 else {}))


def main() -> None:
    """Draw both."""
    with tempfile.TemporaryDirectory() as folder, browsed() as page:
        runs = Path(folder, "runs")
        for seed, (name, (breaks, tags)) in enumerate(_RUNS.items()):
            _record(runs / f"{name}.jsonl", seed, breaks, tags)
        with served(runs, Path(folder, "cache")) as (address, _):
            page.set_viewport_size({"width": 1200, "height": 510})
            page.goto(address)
            page.wait_for_selector(f"#runs tbody tr:nth-child({len(_RUNS)}) svg")
            page.locator("main").screenshot(path=_IMAGES / "board.png")  # without the name of a passing folder
        written = Path(folder, "report.html")
        written.write_text(report(runs / "high-lr.jsonl"), encoding="utf-8")
        page.set_viewport_size({"width": 1200, "height": 1500})
        page.goto(written.as_uri())
        page.wait_for_selector(".plot canvas")
        page.screenshot(path=_IMAGES / "report.png", full_page=True)


if __name__ == "__main__":
    main()
