"""Tests of frameworks that may be missing: each is then shown as skipped, and its module is not run.

Such a module says what it imports: ``NEEDS = ("torch", "lightning")``.
"""

from __future__ import annotations

import ast
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def needs(body: list[ast.stmt]) -> tuple[str, ...]:
    """Return the packages that a module names in ``NEEDS``, read without running it."""
    for statement in body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "NEEDS":
            return ast.literal_eval(statement.value)
    return ()


class AbsentTest(pytest.Item):
    """A test that cannot run here."""

    def __init__(self, *, missing: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.missing = missing

    def runtest(self) -> None:
        """Say what is missing, and how to have it."""
        pytest.skip(f"{', '.join(self.missing)} not installed: make test-frameworks")


class AbsentModule(pytest.File):
    """A module whose tests are counted by their names."""

    def collect(self) -> Iterator[AbsentTest]:
        """Give a skipped test for each function that would be one."""
        body = ast.parse(self.path.read_text(encoding="utf-8")).body
        missing = [name for name in needs(body) if find_spec(name) is None]
        for statement in body:
            if isinstance(statement, ast.FunctionDef) and statement.name.startswith("test_"):
                yield AbsentTest.from_parent(self, name=statement.name, missing=missing)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take the place of a module that needs what is not installed."""
    wanted = needs(ast.parse(module_path.read_text(encoding="utf-8")).body)
    if all(find_spec(name) for name in wanted):
        return None
    return AbsentModule.from_parent(parent, path=module_path)
