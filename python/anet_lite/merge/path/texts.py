"""What a way between models says, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._internal.one_line import one_line
from anet_lite._internal.validate import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.merge.path.merge_path import MergePath


def lines(found: MergePath, lang: str) -> Iterator[str]:
    """Yield the best place, the barrier with what it means, the safe places, and the layer that harms most."""
    language(lang)
    words = _WORDS[lang]
    two = found.weights.shape[1] == 2
    best = f"alpha = {found.best[-1]:.3g}" if two else " + ".join(f"{w:.3g} {m}" for w, m in zip(found.best, "ABC"))
    yield words["best"].format(best=best, loss=found.mean.min(), ends=", ".join(f"{end:.4g}" for end in found.ends))
    yield words[found.reading].format(barrier=found.barrier)
    if not two:
        yield words["safe_places"].format(count=int(found.safe.sum()), of=len(found.weights))
    elif found.safe_range is None:
        yield words["none_safe"]
    else:
        yield words["safe"].format(low=found.safe_range[0], high=found.safe_range[1])
    yield words["by_base" if found.base_losses is not None else "by_models"].format(tolerance=found.tolerance)
    if found.layers:
        highest = found.layer_losses.max(axis=1)
        worst = int(highest.argmax())
        harms = "layer" if highest[worst] > found.ends[0] else "no_layer"
        yield words[harms].format(layer=one_line(found.layers[worst]), loss=highest[worst], first=found.ends[0])


_WORDS = {
    "en": {
        "best": "Best of the places measured: {best}, mean loss {loss:.4g}; the models themselves: {ends}.",
        "bump": "Between the models the loss rises, {barrier:.4g} above the straight way: units permuted or rescaled, "
        "models of different starts, or tasks that get in each other's way. merge.compare looks for the first three.",
        "valley": "An average is better than each model; the barrier is {barrier:.4g}.",
        "slope": "The loss goes from the better model to the worse without a bump; the barrier is {barrier:.4g}.",
        "not_finite": "A model itself has a loss that is not finite: there is no barrier to be told.",
        "safe": "Safe: alpha from {low:.3g} to {high:.3g}.",
        "safe_places": "Safe: {count} of {of} places.",
        "none_safe": "No place is safe.",
        "by_base": "Safe is where no data set has a larger loss than the base.",
        "by_models": "Safe is where the mean loss is at most that of the best model plus {tolerance:.3g}.",
        "layer": "Moved alone, {layer} harms most: a mean loss of up to {loss:.4g}.",
        "no_layer": "No layer that is moved alone lifts the mean loss above that of the first model, {first:.4g}.",
    },
    "ja": {
        "best": "測った中で最良: {best}、平均損失{loss:.4g}。モデル自体: {ends}。",
        "bump": "モデルの間で損失が直線より{barrier:.4g}高くなります。ユニットの入れ替わりか拡大縮小、由来の違い、"
        "またはタスクの干渉です。初めの三つはmerge.compareで調べられます。",
        "valley": "平均はどのモデルよりも良くなります。障壁は{barrier:.4g}です。",
        "slope": "損失は良いモデルから悪いモデルへ、こぶなしに変わります。障壁は{barrier:.4g}です。",
        "not_finite": "モデル自体の損失が有限ではないため、障壁はありません。",
        "safe": "安全: alphaは{low:.3g}から{high:.3g}。",
        "safe_places": "安全: {of}か所のうち{count}か所。",
        "none_safe": "安全な場所はありません。",
        "by_base": "どのデータでも損失がベース以下の場所を安全とします。",
        "by_models": "平均損失が最良のモデルの損失に{tolerance:.3g}を足した値以下の場所を安全とします。",
        "layer": "単独で動かすと最も害が大きい層は{layer}です: 平均損失は最大{loss:.4g}。",
        "no_layer": "単独で動かして平均損失が最初のモデルの{first:.4g}を超える層はありません。",
    },
}
