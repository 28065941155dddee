"""The report's page in a real browser: nothing leaves it, nothing goes wrong in it, it fits a phone."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from anet_lite import Monitor, Recorder
from anet_lite.page.read_run import read_run
from anet_lite.page.render import data_of, page_of, render
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


@pytest.fixture(scope="module")
def of_groups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two groups with two quantities each; one is not finite at the end."""
    folder, monitor = tmp_path_factory.mktemp("groups"), Monitor()
    with Recorder(folder / "run.jsonl") as recorder:
        for at in range(300):
            loss, norm = 2.0 - at / 1000 + (3.0 if at >= 250 else 0.0), 1.0 if at < 299 else float("nan")
            groups = {"layers.0/grad_norm": 2.0, "layers.1/grad_norm": norm, "layers.0/dead_share": 0.5}
            recorder.write(monitor.update(loss=loss + 0.01 * (at % 7)), **groups)
    page = render(read_run(str(folder / "run.jsonl"), Monitor(), {}, lambda _: None))
    (folder / "groups.html").write_text(page, encoding="utf-8")
    return folder / "groups.html"


def test_arrow_keys_read_the_cells_of_a_map_aloud(browser: Browser, of_groups: Path) -> None:
    opened, errors, _ = shown(browser, of_groups, viewport={"width": 1200, "height": 900})
    canvas, told = opened.locator(".heat canvas").first, opened.locator(".heat [aria-live]").first
    canvas.focus()
    canvas.press("ArrowRight")
    assert told.inner_text() == "layers.0, step 1: 2, 1 times its usual 2"
    canvas.press("ArrowDown")
    assert told.inner_text().startswith("layers.1, step 1: 1")
    assert told.inner_text() in (canvas.get_attribute("aria-label") or "")
    assert errors == []
    opened.context.close()


def test_a_selector_leaves_one_map_and_a_table_has_its_numbers(browser: Browser, of_groups: Path) -> None:
    opened, errors, _ = shown(browser, of_groups, viewport={"width": 1200, "height": 900})
    assert opened.locator(".heat:visible").count() == 2
    opened.get_by_label("Quantity of groups of layers").select_option("Gradient norm by group")
    assert opened.locator(".heat:visible").count() == 1
    opened.locator(".numbers:visible summary").click()
    rows = opened.locator(".numbers:visible tr").all_inner_texts()
    assert [row.split("\t") for row in rows[1:]] == [
        ["layers.0", "2", "2", "2", "2", "0"],
        ["layers.1", "1", "1", "1", "1", "1"],
    ]
    assert errors == []
    opened.context.close()


def test_a_part_of_the_strip_says_its_status_and_shows_the_plots_there(browser: Browser, of_groups: Path) -> None:
    opened, errors, _ = shown(browser, of_groups, viewport={"width": 1200, "height": 900})
    canvas = opened.locator(".plot canvas").first
    whole = canvas.screenshot()
    part = opened.locator(".strip button.failing").first
    assert (part.get_attribute("aria-label") or "").startswith("failing: step ")
    part.click()
    opened.wait_for_timeout(500)
    assert canvas.screenshot() != whole
    assert errors == []
    opened.context.close()


def test_alarms_of_two_streams_that_begin_together_are_two_cards(browser: Browser, of_groups: Path) -> None:
    run = read_run(str(of_groups.with_name("run.jsonl")), Monitor(), {}, lambda _: None)
    data = copy.deepcopy(data_of(run))
    data["alarms"] = [{"x": 3.0, "what": [name], "text": name, "incident": 3, "panel": name} for name in ("a", "b")]
    of_groups.with_name("streams.html").write_text(page_of(data, "streams"), encoding="utf-8")
    opened, _, _ = shown(browser, of_groups.with_name("streams.html"))
    assert opened.locator("#alarms > ol > li").count() == 2
    opened.context.close()
