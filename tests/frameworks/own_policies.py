"""Policies that decide what a test wants."""

from __future__ import annotations

from typing import Any

from anet_lite.policy import Action


class Quarter:
    """Asks for a quarter of the rate."""

    needs = "scale_lr"

    def start(self) -> dict[str, Any]:
        return {"scale": 0.25}

    def decide(self, state: dict[str, Any], _: Any) -> tuple[Action, dict[str, Any]]:
        return Action("none", 0.25, ""), state


class Dances:
    """Asks for what nobody carries out."""

    needs = "dance"

    def start(self) -> dict[str, Any]:
        return {}

    def decide(self, state: dict[str, Any], _: Any) -> tuple[Action, dict[str, Any]]:
        return Action("none", 1.0, ""), state
