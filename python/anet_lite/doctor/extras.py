"""The extras of this package: what each wants, and what is installed of it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, version
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "anet-lite"
_OF_DEVELOPERS = ("dev", "bench-", "docs", "test-")
"""Beginnings of extras that no user needs."""


@dataclass
class Part:
    """A package that an extra wants."""

    package: str
    wanted: str
    """The versions that were tested, such as ``>=2.15``; empty where any will do."""
    version: str | None
    """The version that is installed; None where it is not."""
    fits: bool
    """Whether it is installed, in a version that was tested."""


@dataclass
class Extra:
    """An extra: ``pip install 'anet-lite[NAME]'``."""

    name: str
    parts: list[Part]

    @property
    def is_ready(self) -> bool:
        """Whether all that it wants is there, in versions that were tested."""
        return all(part.fits for part in self.parts)

    @property
    def misfits(self) -> list[Part]:
        """The packages in a version that was not tested, where all are installed: else nobody uses the extra."""
        is_used = all(part.version for part in self.parts)
        return [part for part in self.parts if is_used and not part.fits]


def extras() -> list[Extra]:
    """Return the extras for users, in order; none where the package runs from its sources, without being installed."""
    try:
        names = metadata(PACKAGE).get_all("Provides-Extra") or []
    except PackageNotFoundError:
        return []
    return [Extra(name, _parts(name)) for name in sorted(names) if not name.startswith(_OF_DEVELOPERS)]


def core_parts() -> list[Part]:
    """Return what the package wants without any extra: NumPy."""
    try:
        return _parts("")
    except PackageNotFoundError:
        return []


def _parts(extra: str) -> list[Part]:
    wanted = {each.name: each for each in _requirements(extra)}
    return [_part(wanted[name]) for name in sorted(wanted)]


def _requirements(extra: str) -> Iterator[Requirement]:
    """Return what an extra wants on this Python; an extra that it names is replaced by what that one wants."""
    for text in metadata(PACKAGE).get_all("Requires-Dist") or []:
        each = Requirement(text)
        if _is_for(each, extra):
            if each.name == PACKAGE:
                for inner in each.extras:
                    yield from _requirements(inner)
            else:
                yield each


def _is_for(requirement: Requirement, extra: str) -> bool:
    """Whether an extra brings a requirement that is not there without it."""
    marker = requirement.marker
    always = marker is None or marker.evaluate({"extra": ""})
    if not extra:
        return always
    return not always and marker is not None and marker.evaluate({"extra": extra})


def _part(wanted: Requirement) -> Part:
    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        found = None
    fits = found is not None and wanted.specifier.contains(found, prereleases=True)
    return Part(wanted.name, str(wanted.specifier), found, fits)
