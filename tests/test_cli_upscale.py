"""``anet-lite upscale``, as a shell sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import command_line

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES = np.random.default_rng(0).normal(size=4000).round(3)


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    means = SAMPLES[:2000].reshape(-1, 10).mean(1)
    lines = [f"{i},{x!r},7" for i, x in enumerate(means.tolist())]
    (tmp_path / "coarse.csv").write_text("\n".join(["step,loss,lr", *lines]))
    (tmp_path / "fine.csv").write_text("\n".join(["loss", *map(repr, SAMPLES[2000:].tolist())]))


def said(*arguments: str, status: int = 0) -> str:
    done = command_line.run("upscale", "coarse.csv", "--factor", "10", "--reference", "fine.csv", *arguments)
    assert done.returncode == status, done.stderr
    return done.stderr if status else done.stdout


def rows(path: Path) -> list[list[str]]:
    return [line.split(",") for line in path.read_text().splitlines()]


def test_samples_are_written_and_what_was_made_is_told(tmp_path: Path) -> None:
    told = said("--column", "loss", "-o", "out.csv").splitlines()
    assert told[0] == "200 points became 2000 samples."
    assert told[1].startswith("The reference fits")
    assert told[-1] == "Written: out.csv"
    head, *samples = rows(tmp_path / "out.csv")
    assert head == ["sample", "value"]
    values = np.array([float(value) for _, value in samples])
    assert values.reshape(-1, 10).mean(1) == pytest.approx(SAMPLES[:2000].reshape(-1, 10).mean(1), abs=1e-14)


def test_a_band_and_a_picture_are_made_and_told_in_japanese(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    told = said("--column", "loss", "--method", "spectral", "--band", "--plot", "a.png", "--lang", "ja").splitlines()
    assert told[0] == "200点から2000サンプルを作りました。"
    assert told[-1] == "書き出し先: upscaled.csv"
    head, first, *_ = rows(tmp_path / "upscaled.csv")
    assert head == ["sample", "value", "low", "high"]
    assert float(first[2]) < float(first[3])
    assert (tmp_path / "a.png").stat().st_size > 10_000


def test_a_missing_point_is_empty_cells(tmp_path: Path) -> None:
    text = (tmp_path / "coarse.csv").read_text().splitlines()
    text[3] = "2,NaN,7"
    (tmp_path / "coarse.csv").write_text("\n".join(text))
    assert "Points that are missing in the series: 1." in said("--column", "loss", "-o", "out.csv")
    assert [value for _, value in rows(tmp_path / "out.csv")[21:31]] == [""] * 10


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--column", "no"], "coarse.csv has no column 'no'"),
        (["--column", "loss", "--low", "0"], "series must be at least low = 0"),
        (["--column", "loss", "-o", "fine.csv"], "fine.csv is what is read"),
        (["--column", "loss", "--band"], 'band must be False with method="fragments"'),
        (["--column", "loss", "--reference", "nowhere.csv"], "nowhere.csv: No such file or directory"),
        (["--column", "loss", "--factor", "200"], "reference must hold at least 16 factor = 3200 finite samples"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments: list[str], reason: str) -> None:
    told = " ".join(said(*arguments, status=2).replace("│", " ").split())
    assert "Traceback" not in told
    assert reason in told
