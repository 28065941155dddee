"""What is missing is named with the extra that brings it."""

from __future__ import annotations

import importlib
import json
import sys
from typing import TYPE_CHECKING

import pytest
import typer

from anet_lite._internal.optional_import import need
from anet_lite.cli.commands import mcp

if TYPE_CHECKING:
    from pathlib import Path


class Absent:
    """Makes packages look as if they were not installed."""

    def __init__(self, *packages: str) -> None:
        self.packages = packages

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:  # noqa: ARG002
        if name.partition(".")[0] in self.packages:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name.partition(".")[0])


def absent(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    """Hide packages, and what was imported of them and of our integrations."""
    for name in list(sys.modules):
        if name.partition(".")[0] in packages or name.startswith("anet_lite.integrations."):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Absent(*packages), *sys.meta_path])


def test_what_is_there_is_imported():
    assert need("json", "none") is json


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch):
    absent(monkeypatch, "lightning")
    with pytest.raises(ImportError) as caught:
        need("lightning.pytorch", "lightning")
    assert str(caught.value) == "lightning is not installed: pip install 'anet-lite[lightning]'"
    assert caught.value.name == "lightning"


def test_a_package_that_is_there_and_broken_raises_its_own_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "broken_package.py").write_text("import no_such_dependency\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_dependency"):
        need("broken_package", "lightning")


@pytest.mark.parametrize(
    ("module", "packages"),
    [
        ("accelerate", ("accelerate",)),
        ("lightning", ("lightning", "pytorch_lightning", "torch")),
        ("stable_baselines3", ("stable_baselines3",)),
        ("torch", ("torch",)),
        ("transformers", ("transformers", "torch")),
        ("keras", ("keras",)),
        ("optax", ("optax",)),
        ("pyod", ("pyod",)),
        ("sklearn", ("sklearn",)),
    ],
)
def test_a_callback_names_its_extra(module: str, packages: tuple[str, ...], monkeypatch: pytest.MonkeyPatch):
    absent(monkeypatch, *packages)
    extra = module.replace("_", "-")
    with pytest.raises(ImportError, match=rf"is not installed: pip install 'anet-lite\[{extra}\]'"):
        importlib.import_module(f"anet_lite.integrations.{module}")


@pytest.mark.parametrize(
    ("module", "tracker", "package"),
    [
        ("tensorboard", "TensorBoardTracker", "tensorboard"),
        ("wandb", "WandbTracker", "wandb"),
        ("mlflow", "MlflowTracker", "mlflow"),
        ("notify", "NotifyTracker", "apprise"),
        ("otel", "OtelTracker", "opentelemetry"),
        ("prometheus", "PrometheusTracker", "prometheus_client"),
    ],
)
def test_a_tracker_names_its_extra(module: str, tracker: str, package: str, monkeypatch: pytest.MonkeyPatch):
    absent(monkeypatch, package)
    make = getattr(importlib.import_module(f"anet_lite.integrations.{module}"), tracker)
    with pytest.raises(ImportError, match=rf"{package} is not installed: pip install 'anet-lite\[{module}\]'"):
        make("http://127.0.0.1:9")


def test_the_server_for_agents_names_its_extra(monkeypatch: pytest.MonkeyPatch):
    absent(monkeypatch, "mcp")
    with pytest.raises(typer.BadParameter, match=r"mcp is not installed: pip install 'anet-lite\[mcp\]'"):
        mcp.mcp(".")
