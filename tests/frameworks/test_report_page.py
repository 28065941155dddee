"""The report's page in a real browser: nothing leaves it, nothing goes wrong in it, it fits a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from anet_lite import Monitor
from anet_lite.page.read_run import read_run
from anet_lite.page.render import render
from test_replay import files, run

NEEDS = ("playwright",)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Playwright


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    shown = read_run(files(folder, run())["records.jsonl"], Monitor(), {}, lambda _: None)
    shown.audit = [{"event": "rollback", "policy": "drift", "operator": "auto", "time": "", "scope": {"step": 4300}}]
    (folder / "report.html").write_text(render(shown), encoding="utf-8")
    return folder / "report.html"


def shown(browser: Browser, report: Path, **options: Any) -> tuple[Page, list[str], list[str]]:
    """Open the page offline, and return it with the errors of its console and what it asked for."""
    opened = browser.new_context(offline=True, **options).new_page()
    errors, asked = list[str](), list[str]()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(report.as_uri())
    opened.wait_for_selector(".plot canvas")
    return opened, errors, asked


def phone(playwright: Playwright) -> dict[str, Any]:
    return {name: value for name, value in playwright.devices["iPhone 13"].items() if name != "default_browser_type"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", ["desk", "phone"])
def test_nothing_leaves_the_page_and_nothing_goes_wrong(
    device: str, scheme: str, browser: Browser, report: Path, playwright: Playwright
) -> None:
    options = phone(playwright) if device == "phone" else {"viewport": {"width": 1200, "height": 900}}
    opened, errors, asked = shown(browser, report, color_scheme=scheme, **options)
    assert errors == []
    assert asked == [report.as_uri()]
    assert opened.locator(".plot canvas").count() == 6
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert "failing" in opened.locator("#verdict").inner_text()
    assert opened.locator("#alarms li").count() >= 2
    assert opened.locator("#audit li").count() == 1
    opened.context.close()


def test_no_other_script_runs_in_the_page(browser: Browser, report: Path) -> None:
    foreign = report.with_name("foreign.html")
    text = report.read_text(encoding="utf-8")
    foreign.write_text(text.replace("<header>", "<script>window.ran = 1</script><header>"), encoding="utf-8")
    opened, errors, _ = shown(browser, foreign)
    assert opened.evaluate("window.ran") is None
    assert len(errors) == 1
    opened.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_and_axes_stand_out_from_the_ground(scheme: str, browser: Browser, report: Path) -> None:
    opened, _, _ = shown(browser, report, color_scheme=scheme)
    # How far the pixels of a plot, axes with labels included, are from the card behind them, in the luminance of sRGB.
    far = opened.evaluate("""() => [...document.querySelectorAll(".plot canvas")].map((canvas) => {
        const behind = getComputedStyle(document.querySelector(".plot")).backgroundColor.match(/\\d+/g).map(Number);
        const light = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
        const { data, width } = canvas.getContext("2d").getImageData(0, 0, 56 * devicePixelRatio, canvas.height);
        let most = 0;
        for (let at = 0; at < data.length; at += 4)
            if (data[at + 3] > 200) most = Math.max(most, Math.abs(light(data.slice(at, at + 3)) - light(behind)));
        return most;
    })""")
    assert min(far) > 60
    opened.context.close()


def test_a_step_of_an_alarm_shows_the_plots_there_and_a_double_click_all(browser: Browser, report: Path) -> None:
    opened, errors, _ = shown(browser, report, viewport={"width": 1200, "height": 900})
    canvas = opened.locator(".plot canvas").first
    whole = canvas.screenshot()
    opened.locator("#alarms button").first.click()
    opened.wait_for_timeout(1000)
    assert canvas.screenshot() != whole
    opened.locator(".plot .u-over").first.dblclick()
    opened.mouse.move(5, 5)
    opened.wait_for_timeout(300)
    assert canvas.screenshot() == whole
    assert errors == []
    opened.context.close()


def test_the_legend_reads_the_value_under_the_mouse(browser: Browser, report: Path) -> None:
    opened, _, _ = shown(browser, report, viewport={"width": 1200, "height": 900})
    legend = opened.locator(".plot .legend").first
    assert legend.inner_text().strip() == "loss"
    opened.locator(".plot .u-over").first.hover()
    assert float(legend.inner_text().split()[1]) > 0
    opened.context.close()
