"""Every code block of the README and of the other pages runs, and shows what it really gives."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from importlib.metadata import metadata
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(#[^)]*)?\)")
FRAMEWORKS = re.compile(
    r"^(?:import |from |from anet_lite\.integrations\.)"
    r"(torch|lightning|transformers|keras|jax|optax|sklearn|pyarrow|pyod|river|prometheus|mcp|otel|notify"
    r"|accelerate|stable_baselines3|ultralytics|trl)\b",
    re.MULTILINE,
)
PACKAGES = {"prometheus": "prometheus_client", "otel": "opentelemetry", "notify": "apprise"}
SHELL = f"""set -euo pipefail
python() {{ {shlex.quote(sys.executable)} "$@"; }}
anet-lite() {{ python -m anet_lite "$@"; }}
"""


class Block(NamedTuple):
    """A piece of code in a page."""

    where: str
    language: str
    text: str


def blocks() -> list[Block]:
    """Every fenced block, named by its page and line."""
    return [
        Block(f"{page.name}:{text.count(chr(10), 0, found.start()) + 1}", *found.groups())
        for page in PAGES
        for text in [page.read_text(encoding="utf-8")]
        for found in FENCE.finditer(text)
    ]


BLOCKS = blocks()


def of(*languages: str) -> pytest.MarkDecorator:
    """Run a test on every block in one of the languages."""
    chosen = [block for block in BLOCKS if block.language in languages]
    return pytest.mark.parametrize("block", chosen, ids=[block.where for block in chosen])


def test_every_block_is_in_a_language_that_a_test_runs() -> None:
    assert {block.language for block in BLOCKS} <= {"python", "pycon", "sh"}
    assert [block for block in BLOCKS if block.where.startswith("README")]


@of("python")
def test_program_runs(block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FRAMEWORKS.findall(block.text):
        pytest.importorskip(PACKAGES.get(name, name), reason=f"the example needs {name}")
    if "integrations.spark" in block.text:
        pytest.importorskip("pyspark", reason="the example needs pyspark: tests/spark runs it")
    monkeypatch.chdir(tmp_path)
    exec(compile(block.text, block.where, "exec"), {"__name__": "__main__"})


@of("pycon")
def test_session_gives_what_it_shows(block: Block) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, {}, block.where, block.where, 0)
    assert doctest.DocTestRunner().run(test).failed == 0


@of("sh")
def test_shell_commands_work(block: Block, tmp_path: Path) -> None:
    for line in block.text.splitlines():
        command, *arguments = shlex.split(line, comments=True) or [""]
        if command == "make":
            subprocess.run(["make", "--dry-run", *arguments], cwd=ROOT, capture_output=True, check=True)
        elif command == "pip":
            assert extras(arguments[-1]) <= set(metadata("anet-lite").get_all("Provides-Extra") or [])
        elif command:
            subprocess.run(["bash", "-c", SHELL + line], cwd=tmp_path, capture_output=True, check=True, timeout=60)


def extras(requirement: str) -> set[str]:
    """The extras of a requirement such as ``.[cli,plot]`` or ``anet-lite[cli]``."""
    return set(re.findall(r"[a-z0-9-]+", requirement.partition("[")[2]))


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_lead_to_files_that_exist(page: Path) -> None:
    links = [target for target, _ in LINK.findall(page.read_text(encoding="utf-8"))]
    assert [target for target in links if not (page.parent / target).exists()] == []
