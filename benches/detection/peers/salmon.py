"""SWKNN of dSalmon, which needs numpy < 2: it runs in an environment and a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

if TYPE_CHECKING:
    from detection.series import Floats

FOLDER = Path(sys.prefix) / "dsalmon"
WORKER = Path(__file__).with_name("salmon_worker.py")


class UnavailableError(Exception):
    """It could not be installed; the message says why."""


class SlidingNeighbours:
    """Distance to the 5 nearest of the last 1024 vectors of 8 lags."""

    shared: ClassVar[SlidingNeighbours]

    def __init__(self) -> None:
        """Start nothing yet. A process that was forked has a worker of its own: two would talk over one pipe."""
        self.elsewhere = 0.0
        self._workers: dict[int, subprocess.Popen[bytes]] = {}

    def start(self) -> subprocess.Popen[bytes]:
        """Make the environment where there is none, and start the worker where there is none.

        Raises:
            UnavailableError: It could not be installed.

        """
        if os.getpid() not in self._workers:
            command = [str(_python()), str(WORKER)]
            self._workers[os.getpid()] = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self._workers[os.getpid()]

    def __call__(self, x: Floats, _period: int | None = None) -> Floats:
        """Score a series; ``elsewhere`` is then the processor time that it took there, in seconds."""
        worker = self.start()
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(len(x).to_bytes(8, "little") + np.ascontiguousarray(x, float).tobytes())
        worker.stdin.flush()
        self.elsewhere, *_ = scores = np.frombuffer(worker.stdout.read(8 * (len(x) + 1)))
        return scores[1:]


SlidingNeighbours.shared = SlidingNeighbours()


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
