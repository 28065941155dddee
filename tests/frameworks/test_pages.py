"""Programs in the README and the other pages that need a framework run where it is installed."""

from __future__ import annotations

import os

import pytest

from anet_lite import Guard
from pages import missing
from test_readme import BLOCKS, FRAMEWORKS

NEEDS = (
    "torch",
    "lightning",
    "transformers",
    "accelerate",
    "stable_baselines3",
    "ultralytics",
    "trl",
    "keras",
    "jax",
    "optax",
    "pyarrow",
    "sklearn",
    "pyod",
    "prometheus_client",
    "mcp",
    "opentelemetry",
    "apprise",
)

os.environ.update({"HF_HUB_OFFLINE": "1", "KERAS_BACKEND": "torch"})

PROGRAMS = [block for block in BLOCKS if block.language == "python" and FRAMEWORKS.search(block.text)]


@pytest.mark.parametrize("block", PROGRAMS, ids=[block.where for block in PROGRAMS])
def test_program_runs_and_says_what_is_quoted(block, tmp_path, monkeypatch, caplog):
    assert missing(block.quoted, said(block, tmp_path, monkeypatch, caplog)) == []


QUOTED = [block for block in PROGRAMS if block.quoted_ja]


@pytest.mark.parametrize("block", QUOTED, ids=[block.where for block in QUOTED])
def test_program_says_in_japanese_what_is_quoted(block, tmp_path, monkeypatch, caplog):
    monkeypatch.setitem(Guard.__init__.__kwdefaults__, "lang", "ja")
    assert missing(block.quoted_ja, said(block, tmp_path, monkeypatch, caplog)) == []


def said(block, folder, monkeypatch, caplog):
    """Run the program in a folder, and return what it logged."""
    monkeypatch.chdir(folder)
    exec(compile(block.text, block.where, "exec"), {"__name__": "__main__"})
    return caplog.text
