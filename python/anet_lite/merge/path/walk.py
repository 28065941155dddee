"""The way from model to model, with your own losses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.merge.layers import layer_of, layers_of
from anet_lite.merge.mix import same_tensors, weighted
from anet_lite.merge.models import Weights, float_tensors
from anet_lite.merge.path.grid import grid
from anet_lite.merge.path.merge_path import MergePath

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy import float64, floating
    from numpy.typing import NDArray

    from anet_lite.merge.models.weights import Loaders

    Arrays = dict[str, NDArray[floating[Any]]]
    Losses = Callable[[Arrays], Any]


def path(
    models: Sequence[Weights],
    losses: Losses,
    *,
    alphas: int | Sequence[float] = 11,
    base: Weights | None = None,
    tolerance: float = 0.0,
    layers: bool = False,
    progress: Callable[[float], None] | None = None,
) -> MergePath:
    """Measure losses on the way between two models, or three: where the average holds, and where it breaks.

    Args:
        models: Two or three paths, or mappings of arrays, with the same tensors.
        losses: Takes the weights of a place, arrays by name, and returns a loss, or one for each data set as a sequence
            or as a mapping by name. Take the same batches at every call.
        alphas: For two models how many places, both ends among them, or the weights of the second themselves. For three
            how many places a side of the triangle has.
        base: The model that they were trained from. A place is safe where no data set has a larger loss than the base.
        tolerance: Without a base a place is safe where the mean loss exceeds that of the better model by no more.
        layers: Whether to measure the way of each layer alone too, the rest staying the first model: layers times
        places
            calls. Two models only.
        progress: Called with the part that is done, from 0 to 1.

    Raises:
        AnetTypeError: models is no list, or a loss no number.
        AnetValueError: Another number of models, other tensors or shapes, other losses at another place.
        OSError: A file cannot be read.

    Example:
        >>> import numpy as np
        >>> from anet_lite import merge
        >>> a, b = {"w": np.array([0.0])}, {"w": np.array([1.0])}
        >>> found = merge.path([a, b], lambda weights: weights["w"][0] * (1 - weights["w"][0]), alphas=5)
        >>> found.barrier, found.best
        (0.25, (1.0, 0.0))

    """
    import numpy as np

    if isinstance(models, (str, Mapping)) or not hasattr(models, "__len__"):
        raise AnetTypeError(f"models must be a list, got {type(models).__name__}")
    if len(models) not in (2, 3):
        raise AnetValueError(f"models must be 2 or 3, got {len(models)}")
    if layers and len(models) > 2:
        raise AnetValueError("layers must be False for three models")
    loaders = same_tensors([(f"models[{place}]", model) for place, model in enumerate(models)])
    places = grid(len(models), alphas)
    measure = _Measure(losses, progress, len(places), len(layers_of(loaders[0])) if layers else 0)
    found = np.stack([measure(_mixed(loaders, weights)) for weights in places])
    of_base = measure(_of(base)) if base is not None else None
    names = layers_of(loaders[0]) if layers else []
    of_layers = [[measure(_mixed(loaders, weights, name)).mean() for weights in places] for name in names]
    return MergePath(
        places, found, measure.names, of_base, tolerance, tuple(names), np.array(of_layers).reshape(-1, len(places))
    )


def _mixed(loaders: list[Loaders], weights: NDArray[float64], layer: str | None = None) -> Arrays:
    """Return the weights of a place; of one layer alone, with the rest of the first model."""
    first = [1.0] + [0.0] * (len(loaders) - 1)
    return {
        name: weighted(name, loaders, weights.tolist() if layer in (None, layer_of(name)) else first)
        for name in loaders[0]
    }


def _of(base: Weights) -> Arrays:
    return {name: load() for name, load in float_tensors("base", base).items()}


class _Measure:
    """Calls the losses, and sees that each call gives as many."""

    def __init__(self, losses: Losses, progress: Callable[[float], None] | None, places: int, layers: int) -> None:
        self.losses = losses
        self.progress = progress
        self.calls, self.total = 0, places * (1 + layers)
        self.names: tuple[str, ...] = ()

    def __call__(self, weights: Arrays) -> NDArray[float64]:
        import numpy as np

        found = self.losses(weights)
        named: dict[Any, Any] = dict(found) if isinstance(found, Mapping) else {}  # pyright: ignore
        values = np.atleast_1d(_numbers(list(named.values()) if named else found))
        names = tuple(map(str, named)) or tuple(str(place) for place in range(len(values)))
        if self.names and names != self.names:
            raise AnetValueError(f"losses must give the same data sets at every place, got {names} after {self.names}")
        self.names = names
        self.calls += 1
        if self.progress:
            self.progress(min(1.0, self.calls / self.total))
        return values


def _numbers(found: Any) -> NDArray[float64]:
    import numpy as np

    try:
        values = np.asarray(found, dtype=float)
    except (TypeError, ValueError):
        raise AnetTypeError(f"losses must return numbers, got {type(found).__name__}") from None
    if values.ndim > 1 or not values.size:
        raise AnetValueError(f"losses must return one number a data set, got shape {values.shape}")
    return values
