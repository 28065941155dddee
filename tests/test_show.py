"""A run's page in a notebook, without one: what is drawn, when it is drawn again, and what is refused."""

from __future__ import annotations

import html
import json
import re
import sys
import time
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from anet_lite import AnetError, Monitor, Recorder, show

if TYPE_CHECKING:
    from pathlib import Path

    from anet_lite.page import Shown

show_module: Any = sys.modules["anet_lite.page.show"]


def write(recorder: Recorder, count: int) -> None:
    monitor = Monitor()
    for at in range(count):
        recorder.write(monitor.update(loss=2.0 + 0.1 * (at % 7)))


def page_in(drawn: Shown) -> str:
    """Return the page that a browser would take out of the frame."""
    found = re.fullmatch(
        r'<iframe srcdoc="([^"]*)" sandbox="allow-scripts" title="anet-lite" .*</iframe>', frame(drawn)
    )
    assert found
    return html.unescape(found[1])


def frame(drawn: Shown) -> str:
    return drawn._repr_html_()  # pyright: ignore[reportPrivateUsage]


def rows_in(page: str) -> int:
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    return int(json.loads(found[1])["rows"])


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_a_path_is_drawn_as_it_was_and_a_recorder_as_it_is(tmp_path: Path, ending: str) -> None:
    with Recorder(tmp_path / f"run.{ending}") as recorder:
        write(recorder, 100)
        still, live = show(recorder.path), show(recorder)
        write(recorder, 50)
        assert rows_in(page_in(still)) == 100
        assert rows_in(page_in(live)) == 150
    assert rows_in(page_in(live)) == 150
    assert "height: 640px" in frame(still)
    assert "<iframe" not in repr(still)


@pytest.mark.parametrize(("lang", "words"), [("en", "No record yet."), ("ja", "まだ記録がありません。")])
def test_a_recorder_without_a_record_says_so(tmp_path: Path, lang: str, words: str) -> None:
    with Recorder(tmp_path / "run.jsonl") as recorder:
        assert page_in(show(recorder, lang=lang)) == f'<meta name="color-scheme" content="light dark">{words}'


def test_a_hostile_text_stays_in_its_frame(tmp_path: Path) -> None:
    with Recorder(tmp_path / 'a"><script>alert(1)</script>.jsonl'.replace("/", "_")) as recorder:
        recorder.note('"></iframe><script>alert(2)</script>')
        write(recorder, 10)
        drawn = frame(show(recorder))
    assert "<script" not in drawn
    assert drawn.count("<iframe") == drawn.count("</iframe>") == 1


def test_what_cannot_be_shown_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("words\nbuy milk\n")
    with pytest.raises(TypeError, match="run must be a path or a Recorder, got Monitor"):
        show(Monitor())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(FileNotFoundError):
        show(tmp_path / "none.jsonl")
    with pytest.raises(ValueError, match=r"notes\.csv"):
        show(tmp_path / "notes.csv")
    with pytest.raises(AnetError, match="height must be at least 100, got 5"):
        show(tmp_path / "none.jsonl", height=5)
    with pytest.raises(AnetError, match="lang must be 'en' or 'ja'"):
        show(tmp_path / "none.jsonl", lang="fr")


def test_a_recorder_that_sends_is_shown_by_its_board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with Recorder("http://127.0.0.1:9/run") as recorder, pytest.raises(AnetError, match="this one sends to a board"):
        show(recorder)


class Handle:
    """What IPython gives for a picture that it has drawn."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    def display(self, bundle: dict[str, str], raw: bool, display_id: bool) -> Handle:
        assert raw
        assert display_id
        assert bundle["text/html"].startswith("<iframe")
        return self

    def update(self, bundle: dict[str, str], raw: bool) -> None:
        assert raw
        self.drawn.append(bundle["text/html"])


def test_a_live_picture_is_drawn_again_when_there_is_more_and_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle, ipython = Handle(), ModuleType("IPython.display")
    ipython.display = handle.display  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", ModuleType("IPython"))
    monkeypatch.setitem(sys.modules, "IPython.display", ipython)
    monkeypatch.setattr(show_module, "_EVERY", 0.01)
    with Recorder(tmp_path / "run.jsonl") as recorder:
        write(recorder, 20)
        show(recorder)._ipython_display_()  # pyright: ignore[reportPrivateUsage]
        time.sleep(0.1)
        assert handle.drawn == []
        write(recorder, 20)
        until(lambda: len(handle.drawn) > 0)
        seen = len(handle.drawn)
        write(recorder, 20)
    until(lambda: len(handle.drawn) > seen and rows_in(html.unescape(handle.drawn[-1])) == 60)
    time.sleep(0.1)
    ended = len(handle.drawn)
    time.sleep(0.1)
    assert len(handle.drawn) == ended


def test_a_recorder_that_was_dropped_ends_its_picture(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "run.jsonl")
    write(recorder, 20)
    drawn = show(recorder)
    del recorder
    assert drawn._page.is_over  # type: ignore[attr-defined]  # pyright: ignore
    assert rows_in(page_in(drawn)) == 20


def until(true: Any) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)
