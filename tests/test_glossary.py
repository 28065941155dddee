"""The glossary names types that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENDINGS = {".rs", ".py", ".pyi"}
SOURCES = [path for folder in ("rust", "python") for path in (ROOT / folder).rglob("*") if path.suffix in ENDINGS]
DEFINED = re.compile(r"^\s*(?:pub(?:\(\w+\))? )?(?:struct|enum|trait|type|fn|class|def) (\w+)", re.MULTILINE)
KNOWN = {name for path in SOURCES for name in DEFINED.findall(path.read_text(encoding="utf-8"))}
ROWS = [line.split("|") for line in (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()]
TYPES = {name for row in ROWS if len(row) == 6 for name in re.findall(r"`(\w+)[`.]", row[2])}


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_type_is_defined(name: str):
    assert name in KNOWN


def test_the_glossary_names_types_of_every_table():
    assert len(TYPES) > 80
