"""The archive: packages side by side, so that the folder that Spark unpacks is one for PYTHONPATH."""

from __future__ import annotations

import os
import tarfile
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from anet_lite.cli.pack.needs import needed
from anet_lite.cli.pack.trial import check_python, try_archive

if TYPE_CHECKING:
    from importlib.metadata import Distribution

OURS = ("anet_lite", "rh_sparse_anomaly")


def pack(output: str, python: str, also: tuple[str, ...] = ()) -> list[str]:
    """Write an archive of the product and its needs, once a bare Python has imported it; return what is in it.

    The product is taken from where it is imported, so an install in place is packed as it is now.

    Args:
        output: The file, such as ``anet.tar.gz``.
        python: A Python of the version that executors run.
        also: Names of more packages to put in, such as those that scorers of your own import.

    Raises:
        OSError: The file cannot be written.
        ValueError: A package is missing, or what was packed does not work for ``python``.

    """
    if not output.endswith((".tar.gz", ".tgz")):
        raise ValueError(f"output must end in .tar.gz, which Spark unpacks, got {output}")
    check_python(python)
    packages = needed(also)
    with tempfile.TemporaryDirectory(dir=Path(output).absolute().parent, prefix=".anet-pack-") as folder:
        written = Path(folder, "archive.tar.gz")
        with tarfile.open(written, "w:gz", compresslevel=3) as tar:
            for name in OURS:
                _add_ours(tar, name)
            for package in packages.values():
                _add(tar, package)
        try_archive(written, python, [name for package in packages.values() for name in _modules(package)])
        os.replace(written, output)
    return [f"{name} {package.version}" for name, package in packages.items()]


def _add_ours(tar: tarfile.TarFile, name: str) -> None:
    spec = find_spec(name)
    folder = Path((spec.submodule_search_locations or [""])[0] if spec else "")
    if name == OURS[0] and not list(folder.glob("_native.*.so")):
        raise ValueError(f"{folder} has no compiled module (_native.abi3.so): build it there by `maturin develop`")
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            tar.add(path, f"{name}/{path.relative_to(folder)}")


def _add(tar: tarfile.TarFile, package: Distribution) -> None:
    """Add the files of a package, but for its scripts, which lie above, and what Python compiles anew."""
    for file in package.files or ():
        if ".." not in file.parts and "__pycache__" not in file.parts:
            tar.add(str(file.locate()), str(file))


def _modules(package: Distribution) -> list[str]:
    """Return the names that the package is imported by, as far as it says so."""
    top = {file.parts[0] for file in package.files or () if file.name == "__init__.py" and len(file.parts) == 2}
    return sorted(top)
