"""A run's page in the frame that a notebook gets, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from anet_lite import Monitor, Recorder, show

NEEDS = ("playwright",)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_frame_draws_the_plots_and_reaches_nothing(browser: Browser, scheme: str, tmp_path: Path) -> None:
    monitor = Monitor()
    with Recorder(tmp_path / "run.jsonl") as recorder:
        recorder.note("<script>top.hacked = 1</script>")
        for at in range(300):
            recorder.write(monitor.update(loss=2.0 + 0.01 * (at % 7) + (3.0 if at > 250 else 0.0)))
    page = browser.new_context(offline=True, color_scheme=scheme, viewport={"width": 1000, "height": 800}).new_page()
    errors, asked = list[str](), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(f"<h1>A notebook</h1>{show(tmp_path / 'run.jsonl')._repr_html_()}")
    frame = page.frame_locator("iframe")
    frame.locator(".plot canvas").first.wait_for()
    assert "failing" in frame.locator("#verdict").inner_text()
    assert frame.locator(".plot canvas").count() >= 3
    assert page.evaluate("[document.querySelector('iframe').clientHeight, window.hacked]") == [640, None]
    assert page.evaluate("document.querySelector('iframe').contentDocument") is None
    assert errors == []
    assert [url for url in asked if url.startswith("http")] == []
