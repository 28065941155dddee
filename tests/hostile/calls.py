"""Calls every public callable with hostile arguments: `python tests/hostile/calls.py SEED COUNT`.

Prints the counts. What ends with anything but an error that a caller may expect is printed, and makes the status 1.
"""

from __future__ import annotations

import contextlib
import faulthandler
import inspect
import io
import os
import random
import resource
import sys
import tempfile
import warnings
from collections import Counter
from typing import Any, Callable

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from hostile.callables import functions, methods, objects
from hostile.values import OwnError, hostile

EXPECTED = (
    TypeError,
    ValueError,
    OverflowError,
    MemoryError,
    LookupError,
    OSError,
    ImportError,
    StopIteration,
    OwnError,
)
"""What a wrong argument may raise; AnetError is a TypeError or a ValueError always."""
LIVES = 500
"""Calls after which the objects are made anew."""
SECONDS = 60
"""In which a call ends, or the process does."""
PLAIN: dict[str, Any] = {"loss": 1.0, "step": 3, "text": "a change", "name": "head", "window": 8, "values": [1.0, 2.0]}
"""What an argument of this name should be: where all are hostile, only the first is ever looked at."""


def arguments(call: Callable[..., Any], dice: random.Random) -> tuple[list[Any], dict[str, Any]]:
    """Return arguments: about as many as it takes."""
    try:
        parameters = list(inspect.signature(call).parameters.values())
    except (TypeError, ValueError):
        parameters = []
    given: list[Any] = []
    named: dict[str, Any] = {}
    for parameter in parameters:
        value = PLAIN[parameter.name] if parameter.name in PLAIN and dice.random() < 0.5 else hostile(dice)
        if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
            if parameter.default is parameter.empty or dice.random() < 0.3:
                given.append(value)
            else:
                break
        elif parameter.kind is parameter.KEYWORD_ONLY and dice.random() < 0.4:
            named[parameter.name] = value
        elif parameter.kind is parameter.VAR_KEYWORD and dice.random() < 0.2:
            named[dice.choice(["x", "kl", "val_loss", "\ud800"])] = value
    if not parameters or dice.random() < 0.02:
        given += [hostile(dice) for _ in range(dice.randrange(3))]
    rest = [one.name for one in parameters[len(given) :] if one.kind is one.POSITIONAL_OR_KEYWORD]
    named.update((name, hostile(dice)) for name in rest if dice.random() < 0.3)
    return given, named


def attack(call: Callable[..., Any], dice: random.Random) -> BaseException | None:
    """Call it; return what it raised. An iterator that comes back is asked for a little."""
    given, named = arguments(call, dice)
    try:
        found = call(*given, **named)
        if hasattr(found, "__next__"):
            next(found)
    except BaseException as error:
        return error
    return None


def main(seed: int, count: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
    warnings.simplefilter("ignore")
    dice, found, unexpected = random.Random(seed), Counter[str](), Counter[str]()
    example: dict[str, str] = {}
    public, alive = functions(), objects()
    for at in range(count):
        if at % LIVES == 0:
            alive = objects()
        pool = public if dice.random() < 0.5 else methods(dice.choice(alive))
        name = dice.choice(sorted(pool))
        faulthandler.dump_traceback_later(SECONDS, exit=True)
        with contextlib.redirect_stdout(io.StringIO()):
            error = attack(pool[name], dice)
        found[type(error).__name__] += 1
        if error is not None and not isinstance(error, EXPECTED):
            unexpected[f"{name}: {type(error).__name__}"] += 1
            example.setdefault(f"{name}: {type(error).__name__}", f"{error}"[:200])
    faulthandler.cancel_dump_traceback_later()
    bound = sum(len(methods(one)) for one in alive)
    print(f"{count} calls of {len(public)} functions and {bound} methods: {dict(found)}")
    for line, times in unexpected.most_common():
        print(f"{times} x {line}: {example[line]!r}")
    return int(bool(unexpected))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        status = main(int(sys.argv[1]), int(sys.argv[2]))
    sys.exit(status)
