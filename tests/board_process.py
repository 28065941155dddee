"""A board in a process of its own, which a test may kill."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


@contextmanager
def board_process(folder: Path, port: int = 0, *options: str) -> Generator[tuple[str, int]]:
    """Start a board and give its address without a token, and its port; kill it at the end."""
    command = [sys.executable, "-m", "anet_lite", "board", str(folder), "--port", str(port), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "300"}) as process:
        assert process.stdout
        address = process.stdout.readline().split()[-3].partition("?")[0]
        try:
            yield address, int(address.rstrip("/").rpartition(":")[2])
        finally:
            process.kill()


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def lines_of(path: Path, count: int, seconds: float = 20.0) -> list[str]:
    """Wait until a file has so many lines, and return what it has then or at the end of the time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not (path.exists() and path.read_bytes().count(b"\n") >= count):
        time.sleep(0.05)
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
