"""The archive for executors of Spark: what goes in, and what is refused before it is written."""

from __future__ import annotations

import re
import sys
import tarfile
from pathlib import Path

import pytest

import command_line
from anet_lite.cli.pack import archive, needs
from anet_lite.cli.pack.trial import PLATFORM, this_python

ROOT = Path(__file__).parent.parent
posix = pytest.mark.skipif(sys.platform == "win32", reason="a Python that is a script of the shell")


def install(folder: Path, name: str, code: str = "", requires: tuple[str, ...] = ()) -> None:
    """Put a package into a folder, as pip would."""
    package, info = folder / name, folder / f"{name}-1.0.dist-info"
    package.mkdir(parents=True)
    info.mkdir()
    (package / "__init__.py").write_text(code, encoding="utf-8")
    lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {one}" for one in requires)]
    (info / "METADATA").write_text("\n".join(lines) + "\n", encoding="utf-8")
    script = f"../../bin/{name},,"
    record = [f"{name}/__init__.py,,", f"{info.name}/METADATA,,", f"{info.name}/RECORD,,", script]
    (info / "RECORD").write_text("\n".join(record) + "\n", encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages in which a root needs another, and one more on other Pythons or with an extra."""
    folder = tmp_path / "site"
    requires = ("helper_of_it>=1", 'not-there; python_version < "3"', 'nor-this; extra == "test"')
    install(folder, "needy", requires=requires)
    install(folder, "helper_of_it")
    monkeypatch.setattr(needs, "ROOTS", ("needy",))
    monkeypatch.syspath_prepend(folder)
    return folder


def test_the_roots_are_what_an_install_for_spark_brings_but_pyspark() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = re.findall(r"^(?:dependencies|spark) = \[(.*)\]$", text, re.MULTILINE)
    assert {*re.findall(r'"([a-z]+)', " ".join(lines))} == {*needs.ROOTS, "pyspark"}


@pytest.mark.usefixtures("site")
def test_an_archive_has_the_product_and_what_its_needs_require_side_by_side(tmp_path: Path) -> None:
    held = archive.pack(str(tmp_path / "a.tar.gz"), this_python())
    assert held == ["helper-of-it 1.0", "needy 1.0"]
    with tarfile.open(tmp_path / "a.tar.gz") as tar:
        names = tar.getnames()
    assert {"needy/__init__.py", "helper_of_it/__init__.py", "anet_lite/__init__.py"} <= {*names}
    assert [name for name in names if ".." in name or "__pycache__" in name] == []


@pytest.mark.usefixtures("site")
def test_a_package_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^absent-one is not installed, and executors need it: pip install 'anet-lite"):
        archive.pack(str(tmp_path / "a.tar.gz"), this_python(), ("absent-one",))


def test_an_archive_that_does_not_import_is_not_written(site: Path, tmp_path: Path) -> None:
    install(site, "broken", "import of_another_platform")
    with pytest.raises(ValueError, match=r"so nothing was written: ModuleNotFoundError: No module named 'of_another_pl"):
        archive.pack(str(tmp_path / "a.tar.gz"), this_python(), ("broken",))
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.usefixtures("site")
def test_an_install_in_place_that_was_not_built_says_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "other", "unbuilt")
    monkeypatch.syspath_prepend(tmp_path / "other")
    monkeypatch.setattr(archive, "OURS", ("unbuilt",))
    with pytest.raises(ValueError, match=r"unbuilt has no compiled module \(_native.abi3.so\): .* `maturin develop`"):
        archive.pack(str(tmp_path / "a.tar.gz"), this_python())


@posix
def test_another_python_is_refused(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text(f"#!/bin/sh\necho 3.6 {PLATFORM}\n", encoding="utf-8")
    old.chmod(0o755)
    done = command_line.run("spark", "pack", "-o", "a.tar.gz", "--python", str(old))
    assert done.returncode == 2
    assert re.match(r"python must be 3\.\d+ on \S+, as the driver and its packages are, got 3\.6 on", done.stderr)


def test_only_a_form_that_spark_unpacks_is_written() -> None:
    done = command_line.run("spark", "pack", "-o", "a.rar")
    assert (done.returncode, done.stderr) == (2, "output must end in .tar.gz, which Spark unpacks, got a.rar\n")
