"""A race: contenders do the same work in one process; answers are compared first, then each is timed.

Each contender is a pytest-benchmark test of its own, grouped by work, the NumPy reference first: its answer is what the
others must give. pytest-benchmark prints the ratios of a group in parentheses; ``report.py`` makes a table of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import pytest

from known_answers import close

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_benchmark.fixture import BenchmarkFixture

OURS = "anet-lite"
REFERENCE = "NumPy reference"

#: A contender that does the job in another way, so that its numbers cannot be compared, only its time.
OTHER_ANSWER = object()

#: The answer of the timed call itself.
SAME_CALL = object()


class Race:
    """What one session knows: the first answer to each work, and the peers that are not installed."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.missing: dict[str, str] = {}

    def check(self, work: str, contender: str, answer: Any) -> None:
        """Hold an answer to the first one given."""
        if answer is OTHER_ANSWER:
            return
        answer = answer.tolist() if hasattr(answer, "tolist") else answer
        first = self.answers.setdefault(work, answer)
        assert close(answer, first, 1e-9, 1e-12), f"{contender} does not give the answer of the others: {work}"

    def peer(self, module: str) -> Any:
        """Import a peer; one that is missing skips its race and is named in the report."""
        try:
            return importlib.import_module(module)
        except ImportError as error:
            self.missing[module.split(".", maxsplit=1)[0]] = str(error)
            pytest.skip(f"{module} is not installed")


def run(
    race: Race,
    benchmark: BenchmarkFixture,
    work: str,
    contender: str,
    timed: Callable[[], Any],
    answer: Any = SAME_CALL,
    items: int = 1,
    once: bool = False,
) -> None:
    """Compare the answer, time the call and note what it was; ``items`` is how many units of work one call does.

    ``once`` times the very call whose answer is compared: for what takes many seconds.
    """
    benchmark.group = work
    benchmark.extra_info.update(contender=contender, items=items, comparable=answer is not OTHER_ANSWER)
    if once:
        answer = benchmark.pedantic(timed, rounds=1, iterations=1)
    elif answer is SAME_CALL:
        answer = timed()
    race.check(work, contender, answer)
    if not once:
        benchmark(timed)
