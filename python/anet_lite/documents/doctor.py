"""What is said of an installation."""

from __future__ import annotations

from typing_extensions import TypedDict

from anet_lite.documents.strict import strict


@strict
class MachineDocument(TypedDict):
    """Python, and what it runs on."""

    python: str
    is_free_threaded: bool
    system: str
    cores: int


@strict
class CoreDocument(TypedDict):
    """The compiled module."""

    file: str
    """Its path; the user's home is written ~."""
    version: str
    levels: list[str]
    """The instructions that it is compiled for and the processor has: portable, avx2, avx512. The last are used."""
    is_checked: bool
    """Whether it is a debug build, which is slow."""


@strict
class InstalledDocument(TypedDict):
    """What pip knows of the package."""

    version: str | None
    """null where the package runs from its sources."""
    is_editable: bool


@strict
class PartDocument(TypedDict):
    """A package that is wanted."""

    package: str
    wanted: str
    """The versions that were tested, such as >=2.15."""
    version: str | None
    """The version that is installed; null where it is not."""
    fits: bool
    """Whether it is installed, in a version that was tested."""


@strict
class ExtraDocument(TypedDict):
    """An extra of the package."""

    name: str
    parts: list[PartDocument]
    is_ready: bool
    """Whether all that it wants is there, in versions that were tested."""


@strict
class DoctorDocument(TypedDict):
    """What ``anet-lite doctor --json`` prints."""

    machine: MachineDocument
    core: CoreDocument
    installed: InstalledDocument
    needed: list[PartDocument]
    """What the package wants without any extra."""
    extras: list[ExtraDocument]
    java: int | None
    """The version of Java that Spark would start; null where there is none."""
    is_well: bool
    """Whether nothing that is installed is wrong."""
    problems: list[str]
    """What is wrong, in words, with what to do."""
    sentences: list[str]
    """All of it in words."""
