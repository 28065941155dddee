"""``anet-lite merge-check``, as a shell sees it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

import command_line
import weight_files as files

if TYPE_CHECKING:
    from pathlib import Path

BASE = files.base()
A, B = files.moved(BASE, 1), files.moved(BASE, 2)


@pytest.fixture
def paths(tmp_path: Path) -> list[str]:
    models = {"a": A, "b": B, "permuted": files.permuted(B, 1), "far": files.moved(BASE, 3, 0.6), "base": BASE}
    return [files.model(tmp_path / f"{name}.safetensors", arrays) for name, arrays in models.items()]


def said(*arguments: str, status: int = 0) -> str:
    done = command_line.run("merge-check", *arguments)
    assert done.returncode == status, done.stderr
    return done.stdout


def test_models_that_may_be_averaged_end_with_status_0(paths: list[str]) -> None:
    a, b, _, _, base = paths
    shown = said(a, b, "--base", base)
    assert shown.startswith("ok: nothing that weights can tell speaks against an average.")
    assert f"  A = {a}\n  B = {b}\n  base = {base}\n" in shown
    assert said(a, b, "--lang", "ja").startswith("問題なし")


def test_the_status_is_1_from_the_verdict_that_was_asked_for(paths: list[str]) -> None:
    a, _, permuted, far, base = paths
    assert said(a, permuted, status=1).startswith("stop")
    said(a, permuted, "--fail-on", "never")
    assert said(a, far, "--base", base).startswith("warn")
    said(a, far, "--base", base, "--fail-on", "warn", status=1)


def test_json_lines_hold_the_verdict_and_a_finding_each(paths: list[str]) -> None:
    a, b, permuted, _, _ = paths
    verdict, *findings = map(json.loads, said(a, b, permuted, "--format", "jsonl", status=1).splitlines())
    assert (verdict["verdict"], verdict["models"]["C"], len(verdict["pairs"])) == ("stop", permuted, 3)
    assert [(each["code"], each["models"]) for each in findings] == [
        ("permuted", ["A", "C"]), ("permuted", ["A", "C"]), ("permuted", ["B", "C"]), ("permuted", ["B", "C"]),
    ]  # fmt: skip
    assert findings[0]["sentence"].startswith("blocks.1.up.weight has the same rows")


def test_csv_has_a_row_for_each_tensor_of_each_pair(paths: list[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(said(*paths[:2], "--format", "csv"))))
    assert [row["tensor"] for row in rows] == list(A)
    assert float(rows[0]["cosine"]) == pytest.approx(0.99, abs=0.005)
    assert (rows[0]["models"], rows[0]["shape"], rows[0]["change_cosine"]) == ("A B", "300 32", "")


def test_a_picture_is_drawn(paths: list[str], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    said(*paths[:2], "--plot", str(tmp_path / "a.png"))
    assert (tmp_path / "a.png").stat().st_size > 10_000


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["{a}"], "models must be at least 2, got 1"),
        (["{a}", "nowhere"], "nowhere: No such file or directory"),
        (["{a}", __file__], "not safetensors"),
        (["{a}", "{b}", "--base", "{a}"], "base must not be one of the models"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(paths: list[str], arguments: list[str], reason: str) -> None:
    done = command_line.run("merge-check", *(each.format(a=paths[0], b=paths[1]) for each in arguments))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert reason in " ".join(done.stderr.replace("│", " ").split())
