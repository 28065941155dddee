"""Fixtures of the races, and what their JSON says beside the times."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pytest

from race import Race, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_benchmark.fixture import BenchmarkFixture

RACE = pytest.StashKey[Race]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[RACE] = Race()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Warnings of other people's packages are theirs."""
    for item in items:
        item.add_marker(pytest.mark.filterwarnings("default"))


def pytest_benchmark_update_json(config: pytest.Config, output_json: dict[str, Any]) -> None:
    output_json["missing"] = config.stash[RACE].missing


@pytest.fixture
def race(request: pytest.FixtureRequest, benchmark: BenchmarkFixture) -> Callable[..., None]:
    """Return ``race(work, contender, timed)``, see :func:`race.run`."""
    return functools.partial(run, request.config.stash[RACE], benchmark)


@pytest.fixture
def peer(request: pytest.FixtureRequest) -> Callable[[str], Any]:
    """Return ``peer(module)``, which imports a package that a user would pick instead."""
    return request.config.stash[RACE].peer


@pytest.fixture(scope="session")
def quick(request: pytest.FixtureRequest) -> bool:
    """Tell whether the benchmarks run as tests only, for which small sizes do."""
    return bool(request.config.getoption("benchmark_disable"))
