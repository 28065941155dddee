"""The board in a real browser: live, a thousand runs, keyboard, phone, dark, hostile names; nothing leaves the host."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from test_report_page import phone

from anet_lite import Monitor, Recorder
from anet_lite.board.serve import serve

NEEDS = ("playwright", "starlette", "uvicorn")

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Playwright

HOSTILE = "<img src=x onerror='window.hacked=1'>&amp; 損失.jsonl"


def record(path: Path, values: list[float], monitor: Monitor) -> None:
    with Recorder(path) as recorder:
        for loss in values:
            recorder.write(monitor.update(loss=loss))


def losses(count: int, breaks: int = 10**9) -> list[float]:
    return [2.0 - at / 1000 + 0.01 * (at % 7) + (3.0 if at >= breaks else 0.0) for at in range(count)]


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def served(folder: Path, **options: Any) -> str:
    told, address = threading.Event(), list[str]()

    def ready(given: str) -> None:
        address.append(given)
        told.set()

    threading.Thread(target=serve, args=(folder,), kwargs={"port": 0, "ready": ready, **options}, daemon=True).start()
    assert told.wait(20)
    return address[0]


def opened(browser: Browser, address: str, **options: Any) -> tuple[Page, list[str], list[str]]:
    """Open a page, and return it with the errors of its console and the hosts that it asked."""
    page = browser.new_context(**options).new_page()
    errors, asked = list[str](), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    return page, errors, asked


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", ["desk", "phone"])
def test_the_list_shows_trouble_first_and_asks_nobody_else(
    device: str,
    scheme: str,
    browser: Browser,
    playwright: Playwright,
    tmp_path: Path,
) -> None:
    record(tmp_path / "good.jsonl", losses(300), Monitor())
    record(tmp_path / "bad.jsonl", losses(300, 250), Monitor())
    record(tmp_path / HOSTILE.replace("/", "_"), losses(300), Monitor())
    address = served(tmp_path)
    options = phone(playwright) if device == "phone" else {"viewport": {"width": 1200, "height": 900}}
    page, errors, asked = opened(browser, address, color_scheme=scheme, **options)
    page.wait_for_selector("#runs tbody tr:nth-child(3)")
    assert page.locator("#runs tbody tr").first.locator("a").inner_text() == "bad.jsonl"
    assert page.locator("#runs tbody .failing").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("window.hacked") is None
    assert HOSTILE in page.locator("#runs").inner_text()
    assert page.locator("#runs thead th[scope=col]").count() == 7
    assert all(url.startswith(address) or url.startswith("data:") for url in asked)
    page.get_by_text(HOSTILE, exact=True).click()
    page.wait_for_selector(".plot canvas")
    assert page.locator("h1").inner_text() == HOSTILE
    assert errors == []
    page.context.close()


def test_a_run_is_live_in_the_list_and_on_its_page(browser: Browser, tmp_path: Path) -> None:
    monitor = Monitor()
    record(tmp_path / "run.jsonl", losses(300), monitor)
    address = served(tmp_path)
    lists, list_errors, _ = opened(browser, address)
    lists.wait_for_selector("#runs .healthy")
    run, run_errors, _ = opened(browser, f"{address}run?name=run.jsonl")
    run.wait_for_selector(".plot canvas")
    assert run.locator("#alarms li").count() == 0
    record(tmp_path / "run.jsonl", [9.0] * 40, monitor)
    lists.wait_for_selector("#runs .failing", timeout=5000)
    run.wait_for_selector("#alarms li", timeout=5000)
    assert "340 rows" in run.locator("#facts").inner_text()
    (tmp_path / "run.jsonl").unlink()
    run.get_by_text("This run is gone").wait_for(timeout=5000)
    lists.wait_for_selector("#none:not([hidden])", timeout=5000)
    assert list_errors == run_errors == []
    for page in (lists, run):
        page.context.close()


def test_a_thousand_runs_are_searched_grouped_and_walked_by_keys(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "many").mkdir()
    record(tmp_path / "many" / "first.jsonl", losses(200), Monitor())
    text = (tmp_path / "many" / "first.jsonl").read_bytes()
    for at in range(1000):
        (tmp_path / "many" / f"run-{at:04}.jsonl").write_bytes(text)
    record(tmp_path / "broken.jsonl", losses(300, 250), Monitor())
    page, errors, _ = opened(browser, served(tmp_path))
    page.get_by_text("1,002 of 1,002 runs").wait_for(timeout=60_000)
    page.keyboard.press("/")
    page.keyboard.type("run-09")
    page.get_by_text("100 of 1,002 runs").wait_for()
    page.keyboard.press("Enter")
    page.get_by_label("Status", exact=True).select_option("by_name")
    for key in "jxjxc":
        page.keyboard.press(key)
    page.wait_for_url("**/run?name=many%2Frun-0900.jsonl&name=many%2Frun-0901.jsonl")
    page.wait_for_selector(".plot canvas")
    assert "many/run-0900.jsonl / many/run-0901.jsonl" in page.locator("h1").inner_text()
    page.get_by_label("Log axes").check()
    page.go_back()
    page.wait_for_selector("#runs tbody tr")
    page.get_by_role("searchbox").fill("")
    page.get_by_label("Status", exact=True).select_option("by_cause")
    page.wait_for_selector("#runs .group")
    assert page.locator("#runs .group").first.inner_text() == "jump_loss"
    assert errors == []
    page.context.close()


def started(folder: Path, port: int) -> subprocess.Popen[str]:
    """Start a board as a process of its own, and wait until it answers."""
    command = [sys.executable, "-m", "anet_lite", "board", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert "http://" in process.stdout.readline()
    return process


def ended(process: subprocess.Popen[str]) -> None:
    with process:
        process.kill()


def test_a_board_that_was_killed_and_is_back_is_found_again(browser: Browser, tmp_path: Path) -> None:
    record(tmp_path / "run.jsonl", losses(200), Monitor())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    first = started(tmp_path, port)
    page, _, _ = opened(browser, f"http://127.0.0.1:{port}/")
    page.wait_for_selector("#runs tbody tr")
    ended(first)
    page.get_by_text("The board does not answer").wait_for(timeout=10_000)
    record(tmp_path / "new.jsonl", losses(200), Monitor())
    second = started(tmp_path, port)
    page.get_by_text("2 of 2 runs").wait_for(timeout=20_000)
    assert page.locator("#lost").is_hidden()
    ended(second)
    page.context.close()


def test_the_token_is_asked_for_once_and_leaves_the_address(browser: Browser, tmp_path: Path) -> None:
    record(tmp_path / "run.jsonl", losses(200), Monitor())
    address = served(tmp_path, token="s3cret")
    page, _, _ = opened(browser, address.partition("?")[0])
    assert "asks for its token" in page.locator("body").inner_text()
    page.goto(address)
    page.wait_for_selector("#runs tbody tr")
    assert "s3cret" not in page.url
    page.context.close()


def test_the_board_speaks_japanese(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("loss\n" + "".join(f"{value}\n" for value in losses(300, 250)))
    page, errors, _ = opened(browser, served(tmp_path, lang="ja"))
    page.wait_for_selector("#runs .failing")
    assert page.evaluate("document.documentElement.lang") == "ja"
    assert "最後の記録" in page.locator("#runs thead").inner_text()
    assert "学習は要注意です" in page.locator("#runs .said").inner_text()
    assert errors == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_file_of_streams_has_a_wall_whose_streams_open(browser: Browser, scheme: str, tmp_path: Path) -> None:
    hostile = "<img src=x onerror='window.hacked=1'>"
    lines = [f"{at % 7},{at % 5 + (90 if at > 400 else 0)}" for at in range(600)]
    (tmp_path / "metrics.csv").write_text(f"disk,{hostile}\n" + "\n".join(lines) + "\n", encoding="utf-8")
    address = served(tmp_path)
    page, errors, asked = opened(browser, address, color_scheme=scheme)
    page.click("#runs a >> text=metrics.csv")
    page.wait_for_selector("#wall li:nth-child(2) svg path")
    assert page.locator("#wall li a").first.inner_text() == hostile
    assert page.locator("#wall li").first.get_attribute("class") == "strange"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#wall li a").first.click()
    page.wait_for_selector(".plot canvas")
    assert page.locator(".plot canvas").count() == 1
    assert page.locator("#alarms li").count() >= 1
    assert page.evaluate("window.hacked") is None
    assert errors == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
