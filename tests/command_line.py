"""Runs the command ``anet-lite`` as a shell does."""

from __future__ import annotations

import subprocess
import sys

COMMAND = [sys.executable, "-m", "anet_lite"]


def run(*arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command to its end, after the Python line ``before`` where one is given."""
    line = [sys.executable, "-c", f"{before}\nfrom anet_lite.__main__ import main; main()"] if before else COMMAND
    return subprocess.run([*line, *arguments], capture_output=True, encoding="utf-8", timeout=60, check=False)


def start(*arguments: str) -> subprocess.Popen[str]:
    """Start the command with pipes to read from."""
    pipe = subprocess.PIPE
    return subprocess.Popen([*COMMAND, *arguments], stdout=pipe, stderr=pipe, encoding="utf-8")
