"""Installs the packages of the extra ``bench-peers`` one at a time, so that one that fails takes no other with it."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import requires


def peers() -> list[str]:
    """Return the requirements that the package lists under the extra."""
    listed = (requirement.partition(";") for requirement in requires("anet-lite") or [])
    return [name.strip() for name, _, marker in listed if "bench-peers" in marker]


def main() -> None:
    """Install each, and say which failed; the report then names them as missing."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--only-binary=:all:"]
    failed = [peer for peer in peers() if subprocess.run([*pip, peer], check=False).returncode]
    if failed:
        print("not installed, so not measured:", ", ".join(failed))


if __name__ == "__main__":
    main()
