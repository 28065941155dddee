"""``anet-lite doctor``: what is installed, and whether it fits."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import anet_lite
from anet_lite.cli.app import app
from anet_lite.doctor import Checkup, check_up
from anet_lite.doctor.extras import Extra, Part, extras
from anet_lite.doctor.machine import Core, Installed, Machine, java_version
from anet_lite.doctor.words import TEXTS, problem_sentences, sentences
from anet_lite.documents import schema_text

if TYPE_CHECKING:
    from pathlib import Path

NUMPY = Part("numpy", ">=1.22", "2.4.0", True)
WELL = Checkup(
    Machine("3.12.1", False, "Linux", 4),
    Core("~/x/_native.abi3.so", "0.2.0", ["portable", "avx2"], False),
    Installed("0.2.0", False),
    [NUMPY],
    [Extra("torch", [Part("torch", ">=2.15", None, False)])],
    None,
)


def test_the_command_names_versions_and_instructions() -> None:
    said = CliRunner().invoke(app, ["doctor"], prog_name="anet-lite").stdout
    assert f"anet-lite {anet_lite.__version__}" in said
    assert "instructions: " in said
    assert "numpy " in said


def test_what_is_missing_is_no_fault_and_told_with_its_line() -> None:
    said = sentences(WELL)
    assert "  pip install 'anet-lite[torch]'   brings torch" in said
    assert said[-1] == "Nothing is wrong with what is installed."


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"core": replace(WELL.core, is_checked=True)}, "The core is a debug build"),
        ({"installed": Installed("0.1.0", True)}, "The package is 0.1.0 and its core 0.2.0"),
        ({"needed": [Part("numpy", ">=1.22", "1.20", False)]}, "numpy is 1.20, and >=1.22 is what was tested: pip"),
        (
            {"extras": [Extra("torch", [Part("torch", ">=2.15", "2.1", False)])]},
            "pip install --upgrade 'anet-lite[torch]'",
        ),
        ({"extras": [Extra("spark", [Part("pyspark", ">=4", "4.2", True)])]}, "no Java is found"),
        ({"extras": [Extra("spark", [Part("pyspark", ">=4", "4.2", True)])], "java": 8}, "this one is Java 8"),
    ],
)
def test_what_does_not_fit_is_told_with_what_to_do(changed: dict[str, object], words: str) -> None:
    found = replace(WELL, **changed)
    (said,) = problem_sentences(found)
    assert words in said
    assert sentences(found)[-1] == f"Wrong: {said}"
    assert sentences(found, "ja")[-1].startswith("問題: ")


def test_a_package_of_an_extra_that_nobody_uses_is_no_fault() -> None:
    spark = Extra("spark", [Part("pandas", "<3", "3.1", False), Part("pyspark", ">=4", None, False)])
    assert problem_sentences(replace(WELL, extras=[spark])) == []


def test_both_languages_have_the_same_words() -> None:
    assert TEXTS["en"].keys() == TEXTS["ja"].keys()


def test_the_status_tells_whether_something_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    for changed, status in ((WELL, 0), (replace(WELL, core=replace(WELL.core, is_checked=True)), 1)):
        monkeypatch.setattr("anet_lite.doctor.check_up", lambda changed=changed: changed)
        assert CliRunner().invoke(app, ["doctor"], prog_name="anet-lite").exit_code == status


def test_the_document_holds_what_was_found() -> None:
    found = json.loads(CliRunner().invoke(app, ["doctor", "--json"], prog_name="anet-lite").stdout)
    Draft202012Validator(json.loads(schema_text("doctor"))).validate(found)
    assert found["core"]["levels"] == check_up().core.levels
    assert found["is_well"] is (found["problems"] == [])


def test_extras_of_developers_are_not_shown_and_extras_of_extras_are() -> None:
    found = {extra.name: [part.package for part in extra.parts] for extra in extras()}
    assert "dev" not in found
    assert {"mcp", "typer"} <= set(found["mcp"])
    assert "numpy" not in found["torch"]


@pytest.mark.skipif(sys.platform == "win32", reason="a script of POSIX")
@pytest.mark.parametrize(
    ("said", "version"), [('openjdk version "17.0.15"', 17), ('java version "1.8.0_3"', 8), ("no", None)]
)
def test_the_version_of_java_is_read(
    said: str, version: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho '{said}' >&2\n")
    os.chmod(java, 0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert java_version() == version


def test_no_java_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    assert java_version() is None
