"""Gives the compiled names their types, which stand in the stubs alone."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import anet_lite
from anet_lite import _native

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STUBS = Path(anet_lite.__file__).parent / "_native"


@cache
def signatures() -> dict[str, tuple[str, str | None]]:
    """Return the arguments and the result of each function, class and method of the stubs, by its name."""
    found: dict[str, tuple[str, str | None]] = {}
    for stub in sorted(STUBS.rglob("*.pyi")):
        for node in ast.parse(stub.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, written(node))
            elif isinstance(node, ast.ClassDef):
                found.update(methods(node))
    return found


def methods(owner: ast.ClassDef) -> dict[str, tuple[str, str | None]]:
    """Return the signatures of a class and of what it has; the class itself is called as its constructor is."""
    found = {f"{owner.name}.{node.name}": written(node) for node in owner.body if isinstance(node, ast.FunctionDef)}
    for constructor in ("__init__", "__new__"):
        if f"{owner.name}.{constructor}" in found:
            found[owner.name] = (found[f"{owner.name}.{constructor}"][0], None)
    return found


def written(function: ast.FunctionDef) -> tuple[str, str | None]:
    """Return a function's arguments, without ``self``, and its result, as they are written."""
    arguments = function.args
    first = next(iter([*arguments.posonlyargs, *arguments.args]), None)
    if first is not None and first.arg in ("self", "cls"):
        (arguments.posonlyargs or arguments.args).pop(0)
    return f"({ast.unparse(arguments)})", ast.unparse(function.returns) if function.returns else None


def typed(
    _app: Sphinx, what: str, name: str, value: object, _options: object, _arguments: str | None, _result: str | None
) -> tuple[str, str | None] | None:
    """Return the signature of the stubs for what is compiled."""
    return of_the_stubs(name) if what in ("class", "function", "method") and is_compiled(value) else None


def add_the_type(_app: Sphinx, what: str, name: str, value: object, _options: object, lines: list[str]) -> None:
    """Say what a compiled property holds, below its text."""
    if what in ("attribute", "property") and is_compiled(value) and (found := of_the_stubs(name)):
        lines += ["", f":type: ``{found[1]}``", ""]


def of_the_stubs(name: str) -> tuple[str, str | None] | None:
    """Return the signature of ``package.name`` or ``package.owner.name``."""
    owner, last = name.split(".")[-2:]
    return signatures().get(f"{owner}.{last}") or signatures().get(last)


def is_compiled(value: object) -> bool:
    """Whether a thing, or the class that it belongs to, comes from the core."""
    self = getattr(value, "__self__", None)
    owner = getattr(value, "__objclass__", None) or (self if isinstance(self, type) else value)
    return getattr(_native, getattr(owner, "__name__", ""), None) is owner


def setup(app: Sphinx) -> dict[str, bool]:
    """Listen."""
    app.connect("autodoc-process-signature", typed)
    app.connect("autodoc-process-docstring", add_the_type)
    return {"parallel_read_safe": True}
