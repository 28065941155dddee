"""The known answers under tests/golden, as cases that any implementation can be asked."""

from __future__ import annotations

import builtins
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent / "golden"


@dataclass(frozen=True)
class Case:
    """One call of the published program: its arguments and what it returned, or the exception that it raised."""

    name: str
    call: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    result: Any = None
    raises: type[Exception] | None = None

    def __str__(self) -> str:
        return f"{self.call}: {self.name}"


def load(stem: str) -> list[Case]:
    """Return the cases of one file, with shared inputs put in place of their names."""
    file = json.loads((GOLDEN / f"{stem}.json").read_text(encoding="utf-8"))
    return [_case(case, file["inputs"]) for case in file["cases"]]


def of_call(stem: str, call: str) -> list[Case]:
    """Return the cases of one function; an explaining word after its name in the file does not count."""
    return [case for case in load(stem) if case.call.split(" ")[0] == call]


def close(got: Any, want: Any, relative: float = 1e-12, absolute: float = 0.0) -> bool:
    """Compare numbers within a tolerance, NaN equal to NaN, and sequences and dicts item by item."""
    if isinstance(want, dict):
        return list(got) == list(want) and close(list(got.values()), list(want.values()), relative, absolute)
    if isinstance(want, (list, tuple)):
        return len(got) == len(want) and all(close(g, w, relative, absolute) for g, w in zip(got, want))
    if isinstance(want, float):
        both_nan = math.isnan(want) and math.isnan(got)
        return both_nan or math.isclose(got, want, rel_tol=relative, abs_tol=absolute)
    return bool(got == want)


def _case(case: dict[str, Any], inputs: dict[str, list[float]]) -> Case:
    raises = getattr(builtins, case["raises"]) if "raises" in case else None
    args = tuple(_argument(arg, inputs) for arg in case["args"])
    return Case(case["name"], case["call"], args, case["kwargs"], case.get("result"), raises)


def _argument(arg: Any, inputs: dict[str, list[float]]) -> Any:
    """Resolve {"input": name}; any other dict is a sparse vector, whose keys JSON made strings."""
    if not isinstance(arg, dict):
        return arg
    if set(arg) == {"input"}:
        return inputs[arg["input"]]
    return {int(position): elevation for position, elevation in arg.items()}
