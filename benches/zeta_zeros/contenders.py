"""The zeros of the ordinals from ``start`` on, as a list, by this package and by what a user would take instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rh_sparse_anomaly import zeta_zeros

if TYPE_CHECKING:
    from collections.abc import Callable


def ours(start: int, count: int) -> list[float]:
    """Return those of this package."""
    return zeta_zeros(start, count).tolist()


def flint(start: int, count: int) -> list[float]:
    """Return those of python-flint, at its default precision of 53 bits."""
    from flint import acb

    return [float(zero.imag) for zero in acb.zeta_zeros(start, count)]


def mpmath(start: int, count: int) -> list[float]:
    """Return those of mpmath, at its default precision of 15 digits."""
    from mpmath import zetazero

    return [float(zetazero(ordinal).imag) for ordinal in range(start, start + count)]


def pari(start: int, count: int) -> list[float]:
    """Return those of PARI, which takes heights and no ordinals: it is told between which to look."""
    from cypari import pari as gp

    around = zeta_zeros(max(start - 1, 1), count + 1 + (start > 1)).tolist()
    low = (around[0] + around[1]) / 2 if start > 1 else 14.0
    found = gp(f"lfunzeros(1, [{low!r}, {(around[-2] + around[-1]) / 2!r}])")
    return [float(zero) for zero in found]


OURS = "anet-lite"
PEERS: dict[str, Callable[[int, int], list[float]]] = {"python-flint": flint, "mpmath": mpmath, "PARI (cypari)": pari}

#: The module that each peer comes in.
MODULES = {"python-flint": "flint", "mpmath": "mpmath", "PARI (cypari)": "cypari"}
