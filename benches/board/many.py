"""Many runs: the first index, the list, a run's page, memory, and how soon a line is seen."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

from board.process import browsed, peak_memory, record, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

_LOOKS = 5


def table(folder: Path, runs: int, rows: int) -> Iterator[str]:
    """Yield the table."""
    folder.mkdir()
    for kind, breaks in (("good", rows), ("bad", rows - 100)):
        record(folder / f"{kind}.jsonl", rows, breaks)
    for at in range(runs - 2):
        (folder / f"run-{at:05}.jsonl").write_bytes((folder / "good.jsonl").read_bytes())
    yield f"| {runs:,} runs of {rows:,} rows | seconds |"
    yield "|---|---|"
    with browsed() as page:
        with served(folder, folder.parent / "cache") as (address, process):
            yield f"| the first index | {_shown(page, address, runs):.1f} |"
            yield f"| memory then, MB | {peak_memory(process):.0f} |"
        with served(folder, folder.parent / "cache") as (address, process):
            _shown(page, address, runs)
            yield f"| the list, after that | {median(_shown(page, address, runs) for _ in range(_LOOKS)):.2f} |"
            yield f"| a run's page | {median(_page(page, address, at) for at in range(_LOOKS)):.2f} |"
            seen = median(_live(page, address, folder) for _ in range(_LOOKS))
            yield f"| from a line written to a changed row | {seen:.2f} |"
            yield f"| memory, MB | {peak_memory(process):.0f} |"


def _shown(page: Page, address: str, runs: int) -> float:
    """Return how long it takes until all runs are in the list."""
    begun = time.monotonic()
    page.goto(address)
    page.get_by_text(f"{runs:,} of {runs:,} runs").wait_for(timeout=3_600_000)
    page.wait_for_selector("#runs tbody svg")
    return time.monotonic() - begun


def _page(page: Page, address: str, at: int) -> float:
    begun = time.monotonic()
    page.goto(f"{address}run?name=run-{at:05}.jsonl")
    page.wait_for_selector(".plot canvas")
    return time.monotonic() - begun


def _live(page: Page, address: str, folder: Path) -> float:
    """Return how long it takes until a record that is written is a step in the list."""
    page.goto(address)
    row = page.locator('tr[data-name="bad.jsonl"] .step')
    row.wait_for()
    before = row.inner_text()
    lines = (folder / "bad.jsonl").read_bytes().splitlines(keepends=True)
    step = int(before.replace(",", "")) + 1
    line = lines[-1].replace(f'"step":{step - 1}'.encode(), f'"step":{step}'.encode())
    begun = time.monotonic()
    with open(folder / "bad.jsonl", "ab") as file:
        file.write(line)
    page.wait_for_function(
        "text => document.querySelector('tr[data-name=\"bad.jsonl\"] .step').textContent !== text", arg=before
    )
    return time.monotonic() - begun
