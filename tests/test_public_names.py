"""The names of ``anet_lite``: all there, none of them costs an import before it is used."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

import anet_lite

LAZY = (
    "attach",
    "explain",
    "read",
    "report",
    "show",
    "Guard",
    "LogOnly",
    "LowerLR",
    "ReadTable",
    "Recorder",
    "Rollback",
    "SkipStep",
    "Stop",
)
FRAMEWORKS = ("numpy", "torch", "jax", "keras", "typer", "rich", "pandas", "polars", "pyarrow", "rfc8785")


@pytest.mark.parametrize("name", anet_lite.__all__)
def test_every_name_is_there_and_listed(name: str) -> None:
    assert getattr(anet_lite, name) is not None
    assert name in dir(anet_lite)


@pytest.mark.parametrize("name", LAZY)
def test_a_lazy_name_is_listed_before_it_is_used(name: str) -> None:
    assert name in dir(anet_lite)


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(AttributeError, match="module 'anet_lite' has no attribute 'guard'"):
        _ = anet_lite.guard  # type: ignore[attr-defined]


@pytest.mark.parametrize("names", ["Guard, Stop, Recorder, TombstoneLog", "explain", "report", "show", "*"])
def test_naming_imports_no_framework(names: str) -> None:
    code = f"import sys; from anet_lite import {names}; print(*{FRAMEWORKS} & sys.modules.keys())"
    code = code.replace(str(FRAMEWORKS), str(set(FRAMEWORKS)))
    line = [sys.executable, "-c", code]
    assert subprocess.run(line, capture_output=True, encoding="utf-8", check=True).stdout.strip() == ""


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed")
def test_attach_names_the_extra_where_torch_is_missing() -> None:
    with pytest.raises(ImportError, match=r"torch is not installed: pip install 'anet-lite\[torch\]'"):
        _ = anet_lite.attach


def test_functions_are_not_hidden_by_modules_of_their_name() -> None:
    import anet_lite.diagnosis.explain
    import anet_lite.page.report

    assert callable(anet_lite.explain)
    assert callable(anet_lite.report)
    assert callable(anet_lite.snapshot)
