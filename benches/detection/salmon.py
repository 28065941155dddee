"""SWKNN of dSalmon, which needs numpy < 2: it runs in an environment and a process of its own."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FOLDER = Path(sys.prefix) / "dsalmon"
WORKER = Path(__file__).with_name("salmon_worker.py")


class UnavailableError(Exception):
    """It could not be installed; the message says why."""


class SlidingNeighbours:
    """Distance to the 5 nearest of the last 1024 vectors of 8 lags."""

    def __init__(self) -> None:
        """Make the environment where there is none, and start the process."""
        self.elsewhere = 0.0
        self._process = subprocess.Popen([_python(), str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __call__(self, x: Floats) -> Floats:
        """Score a series; ``elsewhere`` is then the processor time that it took there, in seconds."""
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        into.write(len(x).to_bytes(8, "little") + np.ascontiguousarray(x, float).tobytes())
        into.flush()
        self.elsewhere, *_ = scores = np.frombuffer(out.read(8 * (len(x) + 1)))
        return scores[1:]


def _python() -> Path:
    python = FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (FOLDER / "ready").exists():
        venv.create(FOLDER, with_pip=True, clear=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        # It is built from source, against the NumPy that it will run with.
        _run([*pip, "numpy<2", "setuptools", "wheel"])
        _run([*pip, "--no-build-isolation", "dSalmon"])
        (FOLDER / "ready").touch()
    return python


def _run(command: list[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "error" in line.lower()]
        raise UnavailableError(lines[0].strip() if lines else f"pip ended with {done.returncode}")
