"""All that is looked at, and what is wrong with it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from anet_lite.doctor.extras import Extra, Part, core_parts, extras
from anet_lite.doctor.machine import Core, Installed, Machine, core, installed, java_version, machine

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST_JAVA = 17
"""The oldest that the tested Spark runs on."""


@dataclass
class Problem:
    """Something that does not fit, by the name of its sentence in ``words``."""

    kind: str
    values: dict[str, Any]


@dataclass
class Checkup:
    """What is installed, and what is wrong with it."""

    machine: Machine
    core: Core
    installed: Installed
    needed: list[Part]
    """What the package wants without any extra."""
    extras: list[Extra]
    java: int | None
    """The version of Java; None where there is none."""

    @property
    def problems(self) -> list[Problem]:
        """What does not fit. An extra that is not installed is no problem."""
        return list(_problems(self))

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain types."""
        ready = [{**asdict(extra), "is_ready": extra.is_ready} for extra in self.extras]
        return {**asdict(self), "extras": ready, "is_well": not self.problems}


def check_up() -> Checkup:
    """Look at Python, the compiled core, the packages and Java. Nothing is imported for it, and no network is asked.

    Example:
        >>> from anet_lite.doctor import check_up
        >>> check_up().core.levels[0]
        'portable'

    """
    return Checkup(machine(), core(), installed(), core_parts(), extras(), java_version())


def _problems(found: Checkup) -> Iterator[Problem]:
    if found.core.is_checked:
        yield Problem("checked", {"file": found.core.file})
    if found.installed.version not in (None, found.core.version):
        yield Problem("other core", {"package": found.installed.version, "core": found.core.version})
    for part in found.needed:
        if not part.fits:
            yield Problem("misfit", {**vars(part), "line": f"pip install --upgrade '{part.package}{part.wanted}'"})
    for extra in found.extras:
        for part in extra.misfits:
            yield Problem("misfit", {**vars(part), "line": f"pip install --upgrade 'anet-lite[{extra.name}]'"})
    if _has_spark(found.extras) and (found.java or 0) < OLDEST_JAVA:
        yield Problem("old java" if found.java else "no java", {"java": found.java, "oldest": OLDEST_JAVA})


def _has_spark(of: list[Extra]) -> bool:
    return any(part.package == "pyspark" and part.version for extra in of for part in extra.parts)
