"""Every public name says what it is, and every example in a docstring gives what it shows.

The docstrings of the core come out of a compiled module, where doctest's own collectors find none.
"""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any

import pytest

import anet_lite
import rh_sparse_anomaly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

PACKAGES = (anet_lite, rh_sparse_anomaly)
RUNS_ON_IMPORT = "rh_sparse_anomaly.__main__"
INTEGRATIONS = "anet_lite.integrations."
NEEDS_NO_FRAMEWORK = (f"{INTEGRATIONS}session", f"{INTEGRATIONS}session_view", f"{INTEGRATIONS}method_hook")


def modules() -> Iterator[ModuleType]:
    """Every module of both packages that imports without a framework, and without an extra that is not installed."""
    for package in PACKAGES:
        yield package
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            needs_one = module.name.startswith(INTEGRATIONS) and module.name not in NEEDS_NO_FRAMEWORK
            if module.name != RUNS_ON_IMPORT and not needs_one:
                yield from imported(module.name)


def imported(name: str) -> Iterator[ModuleType]:
    """The module, unless it stands on an extra that is not installed, which its error names."""
    try:
        yield importlib.import_module(name)
    except ImportError as error:
        if "pip install 'anet-lite[" not in str(error):
            raise


def public(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """The names a module offers: those of ``__all__``, otherwise what it defines itself."""
    names = getattr(module, "__all__", None) or [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__
    ]
    for name in names:
        yield f"{module.__name__}.{name}", getattr(module, name)


def documented() -> Iterator[tuple[str, Any]]:
    """Modules, their functions and classes, and the public members of those classes."""
    for module in modules():
        yield module.__name__, module
        for name, value in public(module):
            if not (inspect.isclass(value) or inspect.isroutine(value)):
                continue
            yield name, value
            if inspect.isclass(value):
                # In order: a compiled class has its members in another one in each process.
                members = sorted(vars(value).items())
                yield from ((f"{name}.{key}", member) for key, member in members if needs_help(value, key))


def needs_help(owner: type, key: str) -> bool:
    """Whether a class member should have a docstring of its own: fields may stand in that of their class."""
    if key.startswith("_") or f"    {key}: " in (inspect.getdoc(owner) or ""):
        return False
    return inspect.isroutine(vars(owner)[key]) or inspect.isdatadescriptor(vars(owner)[key])


EVERYTHING = dict(documented())
EXAMPLES = {
    name: test
    for name, thing in EVERYTHING.items()
    if (test := doctest.DocTestParser().get_doctest(inspect.getdoc(thing) or "", {}, name, name, 0)).examples
}


@pytest.mark.parametrize("name", [name for name in EVERYTHING if name.startswith(("anet_lite.", "rh_sparse_anomaly."))])
def test_public_name_is_documented(name: str) -> None:
    assert (inspect.getdoc(EVERYTHING[name]) or "").strip(), f"help({name}) is empty"


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_gives_what_it_shows(name: str) -> None:

    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(EXAMPLES[name])
    assert result.failed == 0
