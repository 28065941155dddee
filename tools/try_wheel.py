"""Installs a wheel, or builds a source archive, in a fresh environment and tries it: `python tools/try_wheel.py FILE`.

Prints the size, the seconds of `pip install` and what `anet-lite doctor` says; ends with an error where anything fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

USE = """
import math, subprocess, sys
import anet_lite, rh_sparse_anomaly
monitor = anet_lite.Monitor()
snaps = [monitor.update(loss=2.0 + 0.1 * (at % 7) if at < 300 else math.nan, lr=0.1) for at in range(310)]
fired = [snap.row for snap in snaps if snap.alarms]
assert fired == [300], fired
assert "failing" in str(anet_lite.explain(snaps[300]))
detector = anet_lite.StreamDetector()
events = [detector.push(math.sin(at / 8) + 9 * (at == 700)).p_value for at in range(701)]
assert events[-1] < 1e-3, events[-1]
assert rh_sparse_anomaly.invert_N_for_k(1, iters=0) > 15
with anet_lite.Recorder("run.jsonl") as recorder:
    monitor = anet_lite.Monitor()
    for at in range(310):
        recorder.write(monitor.update(loss=2.0 + 0.1 * (at % 7) if at < 300 else math.nan, lr=0.1, step=at))
for line in (["replay", "run.jsonl", "--share", "shared.jsonl"], ["replay", "shared.jsonl"], ["doctor"]):
    subprocess.run([sys.executable, "-m", "anet_lite", *line], check=True)
"""


def main(file: Path) -> None:
    """Try one file."""
    print(f"{file.name}: {file.stat().st_size:,} bytes")
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder, "Scripts" if os.name == "nt" else "bin", "python")
        started = time.perf_counter()
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, f"anet-lite[cli] @ {file.resolve().as_uri()}"], check=True)
        print(f"installed with NumPy, typer and rich in {time.perf_counter() - started:.1f} s", flush=True)
        subprocess.run([python, "-W", "error", "-c", USE], cwd=folder, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
