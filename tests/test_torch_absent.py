"""Where torch is missing, the integration says which extra brings it."""

from __future__ import annotations

import sys

import pytest


def test_the_extra_is_named(monkeypatch):
    for name in [name for name in sys.modules if name.startswith("anet_lite.integrations.torch")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ImportError, match=r"torch is not installed: pip install 'anet-lite\[torch\]'"):
        import anet_lite.integrations.torch  # noqa: F401
