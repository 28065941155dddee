"""The packages that a worker of Spark needs, as they are installed here."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

ROOTS = ("numpy", "pandas", "protobuf", "pyarrow")
"""The needs of the extra ``spark`` but pyspark, which every executor has from Spark itself."""

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def needed(also: tuple[str, ...] = ()) -> dict[str, Distribution]:
    """Return the distributions of the roots, and of what they require, by name.

    Raises:
        ValueError: One is not installed, or not by a tool that lists its files.

    """
    found: dict[str, Distribution] = {}
    waiting = [(name, True) for name in (*ROOTS, *also)]
    while waiting:
        name, must = waiting.pop()
        package = _installed(name, must)
        if package is None or _key(name) in found:
            continue
        found[_key(name)] = package
        waiting += [_read(line) for line in package.requires or () if "extra ==" not in line]
    return dict(sorted(found.items()))


def _read(requirement: str) -> tuple[str, bool]:
    """Return the name, and whether it must be there: under a marker only some Pythons need it."""
    name = NAME.match(requirement)
    return (name[0] if name else requirement), ";" not in requirement


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed(name: str, must: bool) -> Distribution | None:
    try:
        package = distribution(name)
    except PackageNotFoundError:
        if not must:
            return None
        raise ValueError(
            f"{name} is not installed, and executors need it: pip install 'anet-lite[spark]', or the package itself"
        ) from None
    if package.files is None:
        raise ValueError(f"{name} was installed without a list of its files: install it by pip, into a venv")
    return package
