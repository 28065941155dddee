"""Heights as decimal texts: from two doubles as far as these are certain, beyond by mpmath."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite._native import AnetValueError

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

#: Ordinals, and the decimal places that ``height + low`` is tested to have up to each: see docs/zeta.md.
CERTAIN = ((10**4, 14), (10**9, 13), (10**12, 12))
ABOVE = 11

#: Wide enough for the exact sum of two doubles at any height that is found.
EXACT = Context(prec=200)


def decimals(ordinals: NDArray[int64], heights: NDArray[float64], low: NDArray[float64], digits: int) -> list[str]:
    """Return each height with ``digits`` decimal places, the last within one of the true one."""
    if digits < 0:
        raise AnetValueError(f"digits must be at least 0, got {digits}")
    zeros = zip(ordinals.tolist(), heights.tolist(), low.tolist())
    return [
        _rounded(_exact(high, rest) if digits <= certain(n) else _refined(high, rest, digits), digits)
        for n, high, rest in zeros
    ]


def certain(ordinal: int) -> int:
    """Return how many decimal places ``height + low`` has at an ordinal."""
    return next((places for last, places in CERTAIN if ordinal <= last), ABOVE)


def _exact(high: float, low: float) -> Decimal:
    return EXACT.add(Decimal(high), Decimal(low))


def _refined(high: float, low: float, digits: int) -> Decimal:
    """Return the root of Hardy's function next to a height, by mpmath's secants with ten digits to spare."""
    mpmath: Any = need("mpmath", "zeta")
    with mpmath.workdps(digits + 30):
        near = mpmath.mpf(high) + mpmath.mpf(low)
        root = mpmath.findroot(mpmath.siegelz, (near, near + mpmath.mpf("1e-11")), solver="secant")
        return Decimal(mpmath.nstr(root, digits + 25))


def _rounded(height: Decimal, digits: int) -> str:
    return f"{height.quantize(Decimal(1).scaleb(-digits), context=Context(prec=digits + 20)):f}"
