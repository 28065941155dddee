"""The site leaves out no page and no public name."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

import anet_lite
import rh_sparse_anomaly
from anet_lite import merge, zeta

ROOT = Path(__file__).parent.parent
REFERENCE = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "reference").glob("*.md"))
CONTENTS = (ROOT / "docs" / "contents.md").read_text(encoding="utf-8").splitlines()
LISTED = set(re.findall(r"^\.\. auto(?:class|function|data|exception):: (\w+)$", REFERENCE, re.MULTILINE))
WHOLE = set(re.findall(r"^\.\. automodule:: ([\w.]+)$", REFERENCE, re.MULTILINE))


@pytest.mark.parametrize("package", [anet_lite, merge, zeta, rh_sparse_anomaly], ids=lambda package: package.__name__)
def test_every_public_name_is_in_the_reference(package: object) -> None:
    whole = {name for module in (merge, zeta) if module.__name__ in WHOLE for name in module.__all__}
    names = set(getattr(package, "__all__", ())) - {"__version__"}
    assert len(names) > 10
    assert names <= LISTED | whole


def test_every_page_is_in_a_section() -> None:
    pages = {str(path.relative_to(ROOT).with_suffix("")) for path in (ROOT / "docs").rglob("*.md")}
    below = {page for page in pages if page.startswith("docs/reference/") and page != "docs/reference/index"}
    left_out = {page for page in pages - below - {"docs/contents"} if not any(fnmatch(page, line) for line in CONTENTS)}
    assert left_out == set()
