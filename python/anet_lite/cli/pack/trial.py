"""The archive tried as an executor takes it: unpacked, and imported by a Python that has no package of its own."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MINOR = f"{sys.version_info[0]}.{sys.version_info[1]}"
"""Of Python: Spark refuses workers of another one than the driver's."""
PLATFORM = sysconfig.get_platform()

WHO = "import sys, sysconfig; print(*sys.version_info[:2], sep='.', end=' '); print(sysconfig.get_platform())"
IMPORT = "import importlib, sys; sys.path.insert(0, sys.argv[1]); [importlib.import_module(n) for n in sys.argv[2:]]"


def this_python() -> str:
    """Return the Python below a virtual environment."""
    return str(getattr(sys, "_base_executable", "") or sys.executable)


def check_python(python: str) -> None:
    """Refuse a Python that cannot load what is installed here.

    Raises:
        ValueError: It does not run, or is of another minor version or platform.

    """
    done = _run([python, "-I", "-c", WHO])
    if done.returncode:
        raise ValueError(f"python must be a Python that runs here, got {python}: {_last(done.stderr)}")
    minor, platform = done.stdout.split()
    if (minor, platform) != (MINOR, PLATFORM):
        raise ValueError(
            f"python must be {MINOR} on {PLATFORM}, as the driver and its packages are, got {minor} on {platform} "
            f"({python}): run `anet-lite spark pack` in an environment of that Python"
        )


def try_archive(archive: Path, python: str, modules: Sequence[str]) -> None:
    """Import everything from the archive, with nothing else on the path.

    Raises:
        ValueError: A module does not import.

    """
    folder = archive.with_name("tried")
    with tarfile.open(archive) as tar:
        tar.extractall(folder)  # noqa: S202
    done = _run([python, "-I", "-S", "-c", IMPORT, str(folder), "anet_lite._native", "anet_lite", *modules])
    if done.returncode:
        raise ValueError(f"what was packed does not import in {python}, so nothing was written: {_last(done.stderr)}")


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))


def _last(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "no word"
