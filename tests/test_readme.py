"""Every code block of the README and of the other pages runs, and shows what it really gives."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from importlib.metadata import metadata
from typing import TYPE_CHECKING

import pytest

from pages import FENCE, PAGES, ROOT, TWINS, Block, blocks, missing, place

if TYPE_CHECKING:
    from pathlib import Path

LINK = re.compile(r"\]\((?!https?:)([^)#]+)(#[^)]*)?\)")
FRAMEWORKS = re.compile(
    r"^(?:import |from |from anet_lite\.integrations\.)"
    r"(torch|lightning|transformers|keras|jax|optax|sklearn|pyarrow|pyod|river|prometheus|mcp|otel|notify"
    r"|accelerate|stable_baselines3|ultralytics|trl)\b",
    re.MULTILINE,
)
SHOWN = {"console", "text", "json", "yaml", "toml"}
"""What is shown and not run: answers that depend on the machine, files of others."""
PACKAGES = {"prometheus": "prometheus_client", "otel": "opentelemetry", "notify": "apprise"}
SHELL = f"""set -euo pipefail
python() {{ {shlex.quote(sys.executable)} "$@"; }}
anet-lite() {{ python -m anet_lite "$@"; }}
"""


BLOCKS = blocks()


def of(*languages: str) -> pytest.MarkDecorator:
    """Run a test on every block in one of the languages."""
    chosen = [block for block in BLOCKS if block.language in languages]
    return pytest.mark.parametrize("block", chosen, ids=[block.where for block in chosen])


def test_every_block_is_run_or_says_that_it_only_shows() -> None:
    assert {block.language for block in BLOCKS} <= {"python", "pycon", "sh", *SHOWN}
    assert [block for block in BLOCKS if block.where.startswith("README")]


@of("python")
def test_program_runs(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in FRAMEWORKS.findall(block.text):
        pytest.importorskip(PACKAGES.get(name, name), reason=f"the example needs {name}")
    if "integrations.spark" in block.text:
        pytest.importorskip("pyspark", reason="the example needs pyspark: tests/spark runs it")
    monkeypatch.chdir(tmp_path)
    exec(compile(block.text, block.where, "exec"), {"__name__": "__main__"})
    if not FRAMEWORKS.search(block.text):  # what is logged there, tests/frameworks reads
        assert missing([*block.quoted, *block.quoted_ja], capsys.readouterr().out) == []


@of("pycon")
def test_session_gives_what_it_shows(block: Block) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, {}, block.where, block.where, 0)
    assert doctest.DocTestRunner().run(test).failed == 0


@of("sh")
def test_shell_commands_work(block: Block, tmp_path: Path) -> None:
    said = ""
    for line in block.text.splitlines():
        command, *arguments = shlex.split(line, comments=True) or [""]
        if command == "make":
            subprocess.run(["make", "--dry-run", *arguments], cwd=ROOT, capture_output=True, check=True)
        elif command == "pip":
            assert extras(arguments[-1]) <= set(metadata("anet-lite").get_all("Provides-Extra") or [])
        elif command:
            said += run(["bash", "-c", SHELL + line], tmp_path)
    assert missing([*block.quoted, *block.quoted_ja], said) == []


def run(command: list[str], folder: Path) -> str:
    """Run a command that must succeed, and return what it prints."""
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=60)
    return done.stdout.decode("utf-8")


def extras(requirement: str) -> set[str]:
    """The extras of a requirement such as ``.[cli,plot]`` or ``anet-lite[cli]``."""
    return set(re.findall(r"[a-z0-9-]+", requirement.partition("[")[2]))


@pytest.mark.parametrize("page", PAGES, ids=[place(page) for page in PAGES])
def test_links_lead_to_files_that_exist(page: Path) -> None:
    links = [target for target, _ in LINK.findall(page.read_text(encoding="utf-8"))]
    assert [target for target in links if not (page.parent / target).exists()] == []


@pytest.mark.parametrize(("english", "japanese"), TWINS.items(), ids=[place(page) for page in TWINS])
def test_both_languages_have_the_same_code(english: Path, japanese: Path) -> None:
    code, twin = (FENCE.findall(page.read_text(encoding="utf-8")) for page in (english, japanese))
    assert code == twin


@pytest.mark.parametrize(("english", "japanese"), TWINS.items(), ids=[place(page) for page in TWINS])
def test_both_languages_have_the_same_headings_and_tables(english: Path, japanese: Path) -> None:
    shape, twin = (outline(page) for page in (english, japanese))
    assert shape == twin


def outline(page: Path) -> list[str]:
    """The level of each heading, the columns of each row of a table, and each picture, in their order."""
    lines = FENCE.sub("", page.read_text(encoding="utf-8")).splitlines()
    return [found[0] for line in lines if (found := re.match(r"#+ |!(?=\[)|\|", line))]


def test_each_language_leads_to_the_other() -> None:
    for english, japanese in TWINS.items():
        for page, other in ((english, japanese), (japanese, english)):
            links = {(page.parent / target).resolve() for target, _ in LINK.findall(page.read_text(encoding="utf-8"))}
            assert other in links


def test_the_readmes_have_at_most_120_lines() -> None:
    for page in ("README.md", "README.ja.md"):
        assert len((ROOT / page).read_text(encoding="utf-8").splitlines()) <= 120


def test_nothing_is_installed_from_where_nothing_is_published() -> None:
    told = [page for page in PAGES if "pip install 'anet-lite" in page.read_text(encoding="utf-8")]
    assert [place(page) for page in told] == ["docs/install.md"]
