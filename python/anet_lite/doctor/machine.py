"""Python, the compiled core and Java, as they are on this machine."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution

from anet_lite import _native
from anet_lite.doctor.extras import PACKAGE

_PATIENCE = 20.0
"""Seconds in which Java must say its version."""
_JAVA_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


@dataclass
class Core:
    """The compiled module."""

    file: str
    version: str
    levels: list[str]
    """The instructions that it is compiled for and the processor has; the last are used."""
    is_checked: bool
    """Whether it has the checks of a debug build."""


@dataclass
class Installed:
    """The installed package."""

    version: str | None
    """What pip knows of it; None where the package runs from its sources."""
    is_editable: bool


@dataclass
class Machine:
    """The interpreter and what it runs on."""

    python: str
    is_free_threaded: bool
    system: str
    cores: int


def machine() -> Machine:
    """Return what Python runs on."""
    free_threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    return Machine(platform.python_version(), free_threaded, platform.platform(), os.cpu_count() or 1)


def core() -> Core:
    """Return what is known of the compiled module. The path of the user's home is written ``~``."""
    file = _native.__file__ or ""
    home = os.path.expanduser("~")
    shown = f"~{file[len(home) :]}" if file.startswith(home + os.sep) else file
    return Core(shown, _native.__version__, _native.levels(), _native.is_checked())


def installed() -> Installed:
    """Return what pip knows of the package."""
    try:
        found = distribution(PACKAGE)
    except PackageNotFoundError:
        return Installed(None, False)
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    return Installed(found.version, bool(origin.get("dir_info", {}).get("editable")))


def java_version() -> int | None:
    """Return the Java that Spark would start, such as 17; None where there is none or it says no version.

    Spark takes that of ``JAVA_HOME``, else the first of the path.
    """
    home = os.environ.get("JAVA_HOME")
    java = os.path.join(home, "bin", "java") if home else shutil.which("java")
    if not java:
        return None
    try:
        said = subprocess.run([java, "-version"], capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _JAVA_VERSION.search((said.stderr + said.stdout).decode(errors="replace"))
    return int(found[1]) if found else None
