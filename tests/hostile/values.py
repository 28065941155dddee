"""Arguments that no caller should give: of the wrong type, out of any range, or with a will of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator


class OwnError(Exception):
    """What a hostile object raises: the user's own, which goes through."""


class Raises:
    """Raises whatever is asked of it."""

    def _raise(self, *_: Any) -> Any:
        raise OwnError

    __float__ = __index__ = __int__ = __len__ = __iter__ = __getitem__ = __str__ = __fspath__ = __array__ = _raise
    __bool__ = __eq__ = __call__ = _raise
    __hash__ = object.__hash__
    __repr__ = object.__repr__


class Lies:
    """Has a length and an index that it does not have."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __len__(self) -> int:
        return self.length

    def __index__(self) -> int:
        return self.length

    def __float__(self) -> float:
        return float("nan")

    def __getitem__(self, at: int) -> float:
        if at > 3:
            raise IndexError
        return 1.0


class Shrinks(list[float]):
    """Gets shorter while it is read."""

    def __iter__(self) -> Iterator[float]:
        while self:
            yield self.pop()


class Text(str):
    """A text that is none to those who look closely."""

    __slots__ = ()


def numbers() -> list[Any]:
    whole = [-1, 0, 1, 2, 3, 64, 2**31, 2**63 - 1, 2**63, 2**64, -(2**63), 10**12, 10**400, True]
    real = [0.0, -0.0, 0.5, 1.0, -1.5, 5e-324, 1e308, -1e308, float("nan"), float("inf"), float("-inf"), 1j]
    return [*whole, *real, np.float32("nan"), np.int8(-128), np.bool_(True), np.datetime64("NaT"), Lies(4096)]


def texts() -> list[Any]:
    odd = ["", "\0", "\ud800", "a;b\nc", "=1+1", "é" * 999, "../x", "\x1b[2J", Text("x")]
    return [*odd, "x", "loss", "en", "rises", b"", b"ANET", b"\xff" * 40, bytearray(b"ANEM\4\0"), memoryview(b"x")]


def series(dice: random.Random) -> list[Any]:
    own: list[Any] = [1.0]
    own.append(own)
    plain = [dice.choice([1.0, 0.5, float("nan"), 1e308, float("inf")]) for _ in range(dice.randrange(40))]
    with np.errstate(all="ignore"):
        array = np.array(plain).astype(dice.choice(["f8", ">f8", "f4", "i8", "c16", "O", "?", "U3"]))
    shaped = [array[::-2], array.reshape(-1, 1), array.reshape(1, -1), np.zeros((0, 3)), np.float64(1.0), array]
    lists = [[], ["x"], [None], [[1.0, 2.0], [3.0]], own, Shrinks(plain), Lies(5), range(4), {1.0}]
    odd = [iter(plain), (x for x in plain)]
    return [plain, *shaped, *lists, *odd, np.zeros(3, dtype=[("a", "f8")]), np.array(["2020"], "M8[D]"), plain * 20]


def mappings() -> list[Any]:
    own: dict[Any, Any] = {"loss": 1.0}
    own["x"] = own
    signals = [{"loss": [1.0, 2.0]}, {"loss": "x"}, {"reward": "falls"}, {"\ud800": "rises"}]
    return [{}, {1: 2}, {0: b"ANEP"}, own, *signals]


def odd() -> list[Any]:
    return [None, object(), Raises(), int, len, lambda *_: None, ..., NotImplemented, Exception("x"), np]


def hostile(dice: random.Random) -> Any:
    """Return one of them."""
    kind = dice.randrange(10)
    if kind < 3:
        return dice.choice(numbers())
    if kind < 6:
        return dice.choice(series(dice))
    return dice.choice(texts() if kind < 8 else mappings() if kind == 8 else odd())
