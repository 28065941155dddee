"""What shows that no zero is missing."""

from typing import final

from numpy import float64
from numpy.typing import NDArray

@final
class TuringCount:
    """How many zeros lie below a height, as the zeros found near it prove by Turing's method.

    The zeros found below ``height`` show that at least ``at_least`` lie below it, those above that at most ``at_most``
    do, so ``number`` is the one integer between.

    Source: T. Trudgian, *Improvements to Turing's method*, Math. Comp. 80 (2011) 2259, for the bound on S(t).
    """

    @property
    def height(self) -> float:
        """Where the zeros are counted."""
    @property
    def at_least(self) -> float:
        """A lower bound of their number."""
    @property
    def at_most(self) -> float:
        """An upper bound of their number."""
    @property
    def number(self) -> int:
        """The integer between the bounds."""

@final
class ZeroCertificate:
    """What shows that no zero is missing from a range and none is there twice.

    Between ``lower`` and ``upper``, which lie outside the range, as many zeros were found as the counts differ by. The
    counts are Turing's method in floating point, not interval arithmetic: numerically certified, not a proof.
    """

    @property
    def lower(self) -> TuringCount | None:
        """The count below the range; None where the search began below the first zero."""
    @property
    def upper(self) -> TuringCount:
        """The count above the range."""
    @property
    def found(self) -> int:
        """Zeros found between the two."""
    @property
    def refinements(self) -> int:
        """How often samples were doubled before the counts agreed: 0 is usual."""

@final
class ZetaZeros:
    """Consecutive zeta zeros with what rounding left out of them, and their certificate; see ``zeta_zeros``."""

    @property
    def zeros(self) -> NDArray[float64]:
        """The heights, rounded to float64."""
    @property
    def low(self) -> NDArray[float64]:
        """What rounding left out: the height is ``zeros + low``."""
    @property
    def certificate(self) -> ZeroCertificate:
        """The counts at both ends."""
    def __len__(self) -> int: ...
