"""What an optional part of the package imports, and the extra that brings it."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def need(module: str, extra: str) -> Any:
    """Import a module of another package, or name the extra that installs it.

    Args:
        module: The module, such as ``lightning.pytorch``.
        extra: The extra of this package that brings it.

    Raises:
        ImportError: The package is not installed. One that is there and broken raises its own error.

    Example:
        >>> from anet_lite._internal.optional_import import need
        >>> need("json", "none").dumps([])
        '[]'

    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        if error.name != package:
            raise
        raise ImportError(f"{package} is not installed: pip install 'anet-lite[{extra}]'", name=package) from None
