"""What surrounds the code: numbers that agree, files that load, forms and workflows in order."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import anet_lite

ROOT = Path(__file__).parent.parent
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
CRATES = [path.name for path in sorted((ROOT / "rust").iterdir()) if path.name != "anet-py"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "number",
    [
        re.findall(r'^version = "(.*)"', text("Cargo.toml"), re.MULTILINE)[0],
        loaded(ROOT / "CITATION.cff")["version"],
        loaded(ROOT / "recipe" / "recipe.yaml")["context"]["version"],
        re.findall(r"^## \[(\d.*?)\]", text("CHANGELOG.md"), re.MULTILINE)[0],
        *re.findall(r'path = "rust/anet-\w+", version = "=(.*)"', text("Cargo.toml")),
    ],
)
def test_a_version_is_that_of_the_package(number: str) -> None:
    assert number == anet_lite.__version__


def test_every_crate_but_the_binding_is_published_with_its_version() -> None:
    assert re.findall(r'path = "rust/(anet-\w+)", version', text("Cargo.toml")) == CRATES
    assert [name for name in CRATES if "publish" in text(f"rust/{name}/Cargo.toml")] == []
    assert "publish = false" in text("rust/anet-py/Cargo.toml")


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_each_thing_once(path: Path) -> None:
    form = loaded(path)
    assert form["name"]
    assert form["description"]
    ids = [field["id"] for field in form["body"] if field["type"] != "markdown"]
    assert len(ids) == len(set(ids)) > 0


def test_the_forms_name_options_that_there_are() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in FORMS)
    assert "replay run.jsonl --share run.shared.jsonl" in said
    assert "anet-lite doctor" in said


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_held_to_a_commit(path: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", path.read_text(encoding="utf-8"))
    assert used
    assert [name for name, said in used if not re.search(r"@[0-9a-f]{40}$", name) or not said.startswith(" # v")] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_only_read_unless_a_job_says_more(path: Path) -> None:
    assert loaded(path)["permissions"] == {"contents": "read"}


def test_the_workflows_run_tools_that_there_are() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    assert {name for name in re.findall(r"(?:tools|tests)/\w+\.py", said) if not (ROOT / name).exists()} == set()


def test_the_section_of_the_version_is_found_in_the_changelog() -> None:
    line = [sys.executable, str(ROOT / "tools" / "changelog_section.py")]
    done = subprocess.run([*line, anet_lite.__version__], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.startswith("### ")
    assert "\n## " not in done.stdout
    missing = subprocess.run([*line, "9.9.9"], capture_output=True, encoding="utf-8", check=False)
    assert "CHANGELOG.md has no section 9.9.9" in missing.stderr
