"""What comes of a coarse series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anet_lite._internal.frames import frames
from anet_lite._internal.validate import language
from anet_lite.upscaling.words import WORDS

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    from anet_lite.upscaling.support import Support


@dataclass(frozen=True)
class Upscaled:
    """A series at its full rate: n points at a factor m make n m samples, those of point i from i m on."""

    values: NDArray[float64]
    """The samples, shape (n m,); NaN where their point is missing."""
    factor: int
    """Samples of a block, m."""
    kind: str
    """What a point is: the ``mean`` of its block, or the first ``sample`` of it."""
    support: Support
    """Whether the reference was one for this series."""
    band: tuple[NDArray[float64], NDArray[float64]] | None
    """The 5 % and the 95 % quantile of each sample over 20 draws; None where none was asked for, or none holds."""
    coverage: float
    """The share of the reference that the band of its own points holds, of which .81 is expected; NaN without one."""
    remarks: tuple[tuple[str, dict[str, Any]], ...]
    """What else should be known, by name, with its numbers; :meth:`explain` has the words."""

    def explain(self, lang: str = "en") -> list[str]:
        """Return what was made, whether the reference fits, and what else should be known, a sentence or two each.

        Args:
            lang: ``en`` or ``ja``.

        Raises:
            ValueError: There are no words in that language.

        """
        language(lang)
        words = WORDS[lang]
        made, *others = [words[name].format(**numbers) for name, numbers in self.remarks]
        return [made, self.support.explain(lang), *others, words["texture"]]

    def to_frame(self) -> Any:
        """Return a data frame with ``value`` and, where there is a band, ``low`` and ``high``.

        Returns:
            A ``DataFrame`` of pandas or of polars: of the one that the program has imported, else of the one that is
            installed.

        Raises:
            ImportError: Neither is installed.

        """
        return frames("to_frame()").DataFrame(self.columns())

    def columns(self) -> dict[str, NDArray[float64]]:
        """Return the same columns as arrays."""
        ends = {} if self.band is None else dict(zip(("low", "high"), self.band))
        return {"value": self.values, **ends}

    def points(self) -> NDArray[float64]:
        """Return the points that the samples were made from, shape (n,)."""
        blocks = self.values.reshape(-1, self.factor)
        return blocks.mean(1) if self.kind == "mean" else blocks[:, 0]

    def plot(self, path: str) -> None:
        """Draw the samples, their points and the band into a file whose ending says its form.

        Raises:
            ImportError: matplotlib is not installed.

        """
        from anet_lite.upscaling.plot import draw

        draw(self, path)
