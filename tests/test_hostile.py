"""The attacks of `tests/hostile`, a little of each; `make hostile` takes all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ATTACKS = {
    "calls": [("1", "4000")],
    "kills": [("4", "60")],
    "files": [("6", "1")],
}
MANY = {
    "calls": [(str(seed), "50000") for seed in range(100, 120)],
    "kills": [("200", "2000")],
    "files": [("200", "2")],
}
IS_LONG = "ANET_HOSTILE" in os.environ


@pytest.mark.skipif(sys.platform == "win32", reason="it sends signals and bounds memory")
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_breaks_nothing(attack: str) -> None:
    program = str(Path(__file__).with_name("hostile") / f"{attack}.py")
    for arguments in (MANY if IS_LONG else ATTACKS)[attack]:
        # What a library warns of is an error here too; the attack on calls asks for warnings, and passes them over.
        line = [sys.executable, *(["-W", "error"] if attack == "kills" else []), program, *arguments]
        done = subprocess.run(line, check=False, capture_output=True, text=True, timeout=None if IS_LONG else 300)
        print(done.stdout, done.stderr)
        assert done.returncode == 0, done.stdout + done.stderr
