"""``anet-lite report``: what the page holds, how curves are downsampled, and the command."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import command_line
from anet_lite import Monitor, Recorder, TombstoneLog
from anet_lite.page.audit_records import audit_records
from anet_lite.page.downsample import downsample
from anet_lite.page.read_run import read_run
from anet_lite.page.render import render
from test_replay import files, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return files(tmp_path_factory.mktemp("run"), run())


def data_of(text: str) -> dict[str, Any]:
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def shown_of(path: str) -> dict[str, Any]:
    return data_of(render(read_run(path, Monitor(), {}, lambda _: None)))


def test_records_and_a_replay_show_the_same(written: dict[str, str]) -> None:
    recorded, replayed = shown_of(written["records.jsonl"]), shown_of(written["plain.jsonl"])
    assert recorded["words"]["facts"].endswith("Alarms and metrics are as they were recorded.")
    assert replayed["words"]["facts"].endswith("Alarms and metrics are what a monitor says of these rows now.")
    for name in ("rows", "axis", "status", "broke", "incidents", "alarms", "panels"):
        assert recorded[name] == replayed[name]
    assert recorded["words"]["verdict"] == replayed["words"]["verdict"]


def test_an_incident_is_shaded_from_its_first_alarm_to_its_last(written: dict[str, str]) -> None:
    alarms = shown_of(written["plain.jsonl"])["alarms"]
    for incident in {alarm["incident"] for alarm in alarms}:
        first, *others = [alarm for alarm in alarms if alarm["incident"] == incident]
        assert first.get("end") == (others[-1]["x"] if others else None)
        assert not any("end" in alarm for alarm in others)


def test_a_page_in_japanese_has_no_word_of_english(written: dict[str, str]) -> None:
    run = read_run(written["plain.jsonl"], Monitor(), {}, lambda _: None, lang="ja")
    data = data_of(render(run, "ja"))
    told = [data["badge"], *data["words"].values(), *(alarm["text"] for alarm in data["alarms"])]
    for text in told:
        assert not re.search(r"\b(the|of|and|alarms?|rows?|at worst|incidents?)\b", text), text
    assert data["words"]["lang"] == "ja"
    assert "異常" in data["words"]["verdict"]


def test_the_page_tells_the_status_now_and_at_its_worst(written: dict[str, str]) -> None:
    for name in ("records.jsonl", "plain.jsonl"):
        shown = shown_of(written[name])
        assert shown["worst"] == "failing"
        assert "Too short" not in shown["words"]["verdict"]


def test_a_run_too_short_to_be_judged_is_called_so_on_its_page(tmp_path: Path) -> None:
    (tmp_path / "short.csv").write_text("loss\n" + "".join(f"{2 + 0.1 * (at % 7)}\n" for at in range(120)))
    with Recorder(tmp_path / "short.jsonl") as recorder:
        monitor = Monitor()
        for at in range(120):
            recorder.write(monitor.update(loss=2 + 0.1 * (at % 7)))
    for name in ("short.csv", "short.jsonl"):
        shown = shown_of(str(tmp_path / name))
        assert "Too short for the monitor to judge: 120 rows came, 155 are needed." in shown["words"]["verdict"]


def test_theta_is_drawn_from_where_there_is_evidence(written: dict[str, str]) -> None:
    found = read_run(written["plain.jsonl"], Monitor(), {}, lambda _: None)
    values, given = found.curves["theta"]
    assert not given[:99].any()
    assert (values[given] != 1.0).all()


def test_the_page_has_the_curves_of_the_run(written: dict[str, str]) -> None:
    rows, data = run(), shown_of(written["records.csv"])
    panels = {s["name"]: s for panel in data["panels"] for s in panel["series"]}
    assert list(panels) == ["loss", "grad_norm", "lr", "theta", "f_total", "zscore"]
    assert panels["loss"]["x"] == [row["step"] for row in rows]
    assert panels["loss"]["bad"] == [5200]
    assert panels["loss"]["y"] == [None if row["step"] == 5200 else row["loss"] for row in rows]
    assert data["alarms"][0]["what"] == ["lr_jump"]
    assert data["alarms"][0]["text"].startswith("Step 4000: the run is suspect. The learning rate is 0.4, 4 times")


@given(arrays(float, st.integers(0, 400), elements=st.floats(-1e9, 1e9)), st.data())
def test_downsampling_keeps_the_extremes_and_the_order(y: np.ndarray, draw: st.DataObject) -> None:
    given_ = draw.draw(arrays(bool, len(y)))
    x, kept, bad = downsample(np.arange(len(y), dtype=float), y, given_, 20)
    assert x == sorted(set(x))
    assert len(x) <= 40
    assert bad == []
    drawn = [value for value in kept if value is not None]
    assert all(y[int(at)] == value for at, value in zip(x, kept) if value is not None)
    if given_.any():
        assert (min(drawn), max(drawn)) == (y[given_].min(), y[given_].max())


def test_downsampling_marks_what_is_not_finite() -> None:
    y = np.ones(1000)
    y[[10, 500, 501]] = np.nan, np.inf, -np.inf
    y[600:700] = np.nan
    x, kept, bad = downsample(np.arange(1000.0), y, np.ones(1000, dtype=bool), 50)
    assert bad[:2] == [10, 500]
    assert {at for at, value in zip(x, kept) if value is None} == {600, 620, 640, 660, 680}


def test_a_name_cannot_break_out_of_the_page(tmp_path: Path) -> None:
    evil = "</script><img src=x onerror=alert(1)>.csv"
    path = tmp_path / evil.replace("/", "\u2215")
    path.write_text("loss\n1\n2\n")
    shown = read_run(str(path), Monitor(), {}, lambda _: None)
    shown.path = "x/" + evil.replace("/", "\\/")
    shown.audit = [{"event": "</script><b>", "policy": "<!--", "operator": "", "time": ""}]
    tags: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            tags.append(tag if attrs or tag else "")

    Tags().feed(render(shown))
    assert "img" not in tags
    assert "b" not in tags
    assert data_of(render(shown))["audit"][0]["event"] == "</script><b>"


def test_the_command_writes_a_page_with_tombstones(written: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "tombstones.jsonl"
    with TombstoneLog(log) as written_log:
        written_log.tombstone(event="rollback", policy="drift", scope={"step": 4300})
    out = tmp_path / "out.html"
    done = command_line.run("report", written["records.jsonl"], "--tombstones", str(log), "-o", str(out))
    assert (done.returncode, done.stdout) == (0, f"Written: {out}\n")
    (record,) = data_of(out.read_text(encoding="utf-8"))["audit"]
    assert (record["event"], record["x"], record["policy"]) == ("rollback", 4300, "drift")
    assert len(audit_records(str(log))) == 1


def altered(log: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """Return the log of three tombstones after a change of the second, which nobody sealed."""
    with TombstoneLog(log) as tombstones:
        for operator in ("Ann", "Ben", "Cyd"):
            tombstones.tombstone(event="note", policy="manual", operator=operator)
    lines = log.read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if '"Ben"' in line)
    record = json.loads(lines[at])
    change(record)
    lines[at] = json.dumps(record)
    log.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return log


def test_an_altered_tombstone_log_is_called_so_and_shown_as_far_as_it_is_whole(
    written: dict[str, str], tmp_path: Path
) -> None:
    log = altered(tmp_path / "tombstones.jsonl", lambda record: record.update(operator="Mallory"))
    out = tmp_path / "out.html"
    done = command_line.run("report", written["records.jsonl"], "--tombstones", str(log), "-o", str(out))
    shown = data_of(out.read_text(encoding="utf-8"))
    assert [record["operator"] for record in shown["audit"]] == ["Ann"]
    assert re.fullmatch(
        r"This log is altered\. Line \d: .*\. Its records from there on are not shown\.", shown["auditRemark"]
    )
    assert (done.returncode, done.stdout) == (1, f"Written: {out}\n")
    assert done.stderr == f"{log}: {shown['auditRemark']}\n"


@pytest.mark.parametrize("name", ["@JS@.jsonl", "@DATA@x.jsonl", "@TITLE@.jsonl", os.fsdecode(b"caf\xe9.jsonl")])
def test_a_name_that_looks_like_a_mark_of_the_template_is_a_name(
    name: str, written: dict[str, str], tmp_path: Path
) -> None:
    path = str(tmp_path / name)
    shutil.copy(written["records.jsonl"], path)
    text = render(read_run(path, Monitor(), {}, lambda _: None))
    text.encode()
    assert data_of(text)["name"] == name
    if "@" in name:
        assert f"<title>{name} · anet-lite</title>" in text


@pytest.mark.parametrize("odd", [{"toString": 1}, 5, None, [1, {"a": "b"}], float("nan"), 10**400, "\ud800"])
def test_odd_values_of_tombstones_are_texts_on_the_page(odd: object, written: dict[str, str]) -> None:
    shown = read_run(written["records.jsonl"], Monitor(), {}, lambda _: None)
    shown.audit = [{**dict.fromkeys(("time", "event", "policy", "operator"), odd), "scope": {"step": odd, "x": odd}}]
    text = render(shown)
    text.encode()
    (record,) = data_of(text)["audit"]
    assert all(isinstance(record[name], str) for name in ("time", "event", "policy", "operator", "text"))
    assert record["x"] in (None, 5)


def test_a_last_step_without_end_leaves_the_page_whole(tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    path.write_text("step,loss\n1,2.0\n2,1.9\ninf,1.8\n")
    assert shown_of(str(path))["axis"] == "row"


@pytest.mark.parametrize("command", ["report", "plot"])
def test_the_input_is_never_overwritten(command: str, written: dict[str, str], tmp_path: Path) -> None:
    path, link = tmp_path / "run.jsonl", tmp_path / "link.html"
    shutil.copy(written["records.jsonl"], path)
    os.link(path, link)
    before = path.read_bytes()
    for output in (path, tmp_path / "." / "run.jsonl", link):
        done = command_line.run(command, str(path), "-o", str(output))
        assert (done.returncode, path.read_bytes() == before) == (2, True)
        assert "is what is read" in " ".join(done.stderr.replace("│", " ").split())


def test_the_tombstones_are_never_overwritten(written: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "tombstones.jsonl"
    with TombstoneLog(log) as tombstones:
        tombstones.tombstone(event="note", policy="manual")
    before = log.read_bytes()
    done = command_line.run("report", written["records.jsonl"], "--tombstones", str(log), "-o", str(log))
    assert (done.returncode, log.read_bytes() == before) == (2, True)


def test_the_page_is_small_and_asks_for_nothing(written: dict[str, str]) -> None:
    text = render(read_run(written["records.jsonl"], Monitor(), {}, lambda _: None))
    assert len(text) < 250_000
    assert "default-src 'none'" in text
    (allowed,) = re.findall("script-src ([^;]*);", text)
    scripts = re.findall("<script>(.*?)</script>", text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert allowed.split() == [f"'sha256-{digest}'" for digest in hashes]
    assert "Copyright (c) 2022 Leon Sorokin" in text
    assert not re.search(r"""(src|href)=["']?https?:""", text)


def test_a_file_that_cannot_be_written_is_one_sentence(written: dict[str, str], tmp_path: Path) -> None:
    done = command_line.run("report", written["plain.jsonl"], "-o", str(tmp_path / "none" / "x.html"))
    assert done.returncode == 2
    assert "No such file or directory" in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def test_the_badge_is_the_verdict_where_the_run_ends_worse_than_the_monitor_says(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    loss = np.r_[np.linspace(3, 1, 400), np.full(400, 1.8)] + 0.02 * random.normal(size=800)
    (tmp_path / "run.csv").write_text("loss\n" + "\n".join(map(str, loss)))
    data = shown_of(str(tmp_path / "run.csv"))
    assert read_run(str(tmp_path / "run.csv"), Monitor(), {}, lambda _: None).status == "healthy"
    assert (data["status"], data["broke"]) == ("settled_worse", 400)
    assert data["words"]["verdict"].startswith("Settled worse from row 400 on")
