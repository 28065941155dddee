"""What is shipped: a source archive that builds by itself, and one wheel for every Python from 3.9 on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import anet_lite

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "target" / "shipped"
MATURIN = Path(sys.executable).with_name("maturin")
OLDEST, NEWEST = "3.9", "3.13"
FILES = (
    "anet_lite/__init__.py",
    "anet_lite/_native.abi3.so",
    "anet_lite/_native/__init__.pyi",
    "anet_lite/_native/monitor/monitor.pyi",
    "anet_lite/documents/schemas/replay.json",
    "anet_lite/py.typed",
    "anet_lite/page/assets/page.html",
    "anet_lite/page/assets/uplot/LICENSE",
    "anet_lite/page/assets/uplot/uPlot.iife.min.js",
    "rh_sparse_anomaly/__init__.py",
    "rh_sparse_anomaly/py.typed",
)
USE = """
import sys
before = set(sys.modules)
import anet_lite, rh_sparse_anomaly
assert "numpy" not in sys.modules, "importing brings NumPy in"
assert "typing" not in set(sys.modules) - before, "importing brings typing in, which takes longer than all of ours"
assert anet_lite.f_total(1.0, 2.0, w_s=0.5, w_p=0.25) == 1.0
assert rh_sparse_anomaly.invert_N_for_k(1, iters=0) > 15
print(anet_lite.__version__)
"""

pytestmark = pytest.mark.skipif(
    not MATURIN.exists() or sys.platform == "win32", reason="needs maturin beside this Python, and POSIX file names"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive and the wheel built from it alone."""
    out = tmp_path_factory.mktemp("dist")
    environment = {**os.environ, "PATH": f"{MATURIN.parent}{os.pathsep}{os.environ['PATH']}"}
    environment["CARGO_TARGET_DIR"] = str(PACKAGE / "target")
    subprocess.run([str(MATURIN), "sdist", "--out", str(out)], cwd=ROOT, env=environment, check=True)
    unpack(next(out.glob("*.tar.gz")), PACKAGE / "source")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(out),
    ]
    subprocess.run([*pip, str(PACKAGE / "source")], env=environment, check=True)
    return out


def unpack(archive: Path, folder: Path) -> None:
    """Make a folder hold what the archive holds; an unchanged file keeps its date, so cargo does not build it again."""
    with tarfile.open(archive) as tar:
        held = {Path(*Path(member.name).parts[1:]): tar.extractfile(member) for member in tar if member.isfile()}
        wanted = {folder / name: file.read() for name, file in held.items() if file}
    for path in folder.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()
    for path, content in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


@pytest.fixture(scope="module")
def unpacked(folder: Path) -> Path:
    with zipfile.ZipFile(wheel(folder)) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def wheel(folder: Path) -> Path:
    (found,) = folder.glob("*.whl")
    return found


def interpreters(version: str) -> Iterator[str]:
    """Where a Python of that version may be: on the path, or among pyenv's."""
    if found := shutil.which(f"python{version}"):
        yield found
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from map(str, sorted(pyenv.glob(f"versions/{version}.*/bin/python")))


def python(version: str) -> str:
    """A Python of that version that runs, or the test is skipped."""
    for found in interpreters(version):
        if subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
            return found
    pytest.skip(f"no Python {version} on this machine")


def test_one_wheel_serves_every_python_from_the_oldest_on(folder: Path) -> None:
    assert wheel(folder).name.startswith(f"anet_lite-{anet_lite.__version__}-cp39-abi3-")


@pytest.mark.parametrize("name", FILES)
def test_wheel_contains(unpacked: Path, name: str) -> None:
    assert (unpacked / name).is_file()


def test_wheel_contains_every_python_file(unpacked: Path) -> None:
    shipped = {path.relative_to(unpacked) for path in unpacked.rglob("*.py")}
    assert shipped == {path.relative_to(ROOT / "python") for path in (ROOT / "python").rglob("*.py")}


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_wheel_works_on(unpacked: Path, version: str) -> None:
    line = [python(version), "-W", "error", "-c", USE]
    done = subprocess.run(
        line, env={**os.environ, "PYTHONPATH": str(unpacked)}, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.stdout.strip(), done.stderr) == (anet_lite.__version__, "")


def test_every_file_compiles_on_the_oldest_python(unpacked: Path) -> None:
    line = [python(OLDEST), "-m", "compileall", "-q", str(unpacked)]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
