"""A model whose units were put back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import floating, intp
    from numpy.typing import NDArray


@dataclass(frozen=True)
class UnitOrder:
    """An order of units that axes of some tensors have in common."""

    order: NDArray[intp]
    """For each unit of the first model, the place of the same unit in the second."""
    axes: tuple[tuple[str, int], ...]
    """The tensors and their axes along which units have moved: 0 are outputs, 1 inputs."""

    @property
    def moved(self) -> int:
        """How many units are elsewhere."""
        return int((self.order != range(len(self.order))).sum())


@dataclass(frozen=True, repr=False)
class Alignment:
    """The second of two models, with its units in the order of the first. ``print`` tells it in words."""

    tensors: dict[str, NDArray[floating[Any]]]
    """All tensors of floating-point numbers of the second model."""
    undone: tuple[UnitOrder, ...]
    """What was put back: what gives units and what takes them have it in common, so the model computes the same."""
    left: tuple[UnitOrder, ...]
    """What was found on one side only, such as reordered classes or inputs: undone, the model would compute another
    thing."""
    distance: tuple[float, float]
    """√(Σ (a - b)² / ((Σ a² + Σ b²) / 2)) over the tensors that both have, before and after."""

    def explain(self, lang: str = "en") -> str:
        """Return what was done in lines of text, English or Japanese.

        Raises:
            AnetValueError: ``lang`` is neither ``en`` nor ``ja``.

        """
        from anet_lite._internal.one_line import listed
        from anet_lite._internal.validate import language

        language(lang)
        words = _WORDS[lang]
        lines = [words["distance"].format(*self.distance) if self.undone else words["none"]]
        for kind, orders in (("undone", self.undone), ("left", self.left)):
            for order in orders:
                axes = listed([f"{name}[{axis}]" for name, axis in order.axes])
                lines.append(words[kind].format(moved=order.moved, units=len(order.order), axes=axes))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        return f"<Alignment: {len(self.undone)} orders undone, {len(self.left)} left>"


_WORDS = {
    "en": {
        "none": "No order of units could be undone.",
        "distance": "The distance went from {0:.3g} to {1:.3g}.",
        "undone": "put back: {moved} of {units} units, along {axes}",
        "left": "left as it is, since only inputs or only outputs have moved: {moved} of {units}, along {axes}",
    },
    "ja": {
        "none": "元に戻せる順序の入れ替わりはありませんでした。",
        "distance": "距離は{0:.3g}から{1:.3g}になりました。",
        "undone": "元に戻しました: {units}ユニットのうち{moved}個、{axes}",
        "left": "入力側または出力側だけの入れ替わりのため、そのままにしました: {units}個のうち{moved}個、{axes}",
    },
}
