"""LoRA: changes of matrices as products of two thin ones, never multiplied out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anet_lite._internal.one_line import one_line
from anet_lite._native import AnetValueError
from anet_lite.merge.models.documents import document, mapping

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    from anet_lite.merge.models.stored import Stored

_FACTOR = re.compile(r"(.+)\.lora_(?:embedding_)?([AB])(?:\.default)?(?:\.weight)?")
_CONFIG = "base_model_name_or_path"


@dataclass(frozen=True)
class Module:
    """The change of one matrix, scale * B A."""

    a: Stored
    """Rank by inputs."""
    b: Stored
    """Outputs by rank."""
    scale: float
    """alpha / rank, or alpha / sqrt(rank) where the adapter says ``use_rslora``."""

    @property
    def shape(self) -> tuple[int, int]:
        """Outputs and inputs."""
        return self.b.sides[0], self.a.sides[1]

    def factors(self) -> tuple[NDArray[float64], NDArray[float64]]:
        """Return A, and B with the scale, in double precision."""
        a, b = self.a.read(), self.b.read()
        return a.reshape(self.a.sides).astype("f8"), self.scale * b.reshape(self.b.sides).astype("f8")


@dataclass(frozen=True)
class Adapter:
    """What a folder of LoRA holds."""

    modules: dict[str, Module]
    base: str
    """The model that it was trained on, as its config names it; empty where it names none."""


def adapter_of(path: str, tensors: dict[str, Stored]) -> tuple[Adapter, dict[str, Stored]]:
    """Return the adapter of a config, and the tensors that are no factors of it.

    Raises:
        AnetValueError: It is another kind of adapter, DoRA too, or a module lacks a factor or has one of another rank.

    """
    config = document(path)
    kind = config.get("peft_type", "LORA")
    if kind != "LORA":
        raise AnetValueError(f"{one_line(path)}: peft_type must be LORA, got {one_line(repr(kind))}")
    if config.get("use_dora"):
        raise AnetValueError(
            f"{one_line(path)}: use_dora must be false: changes of DoRA are no products of two factors"
        )
    factors: dict[str, dict[str, Stored]] = {}
    rest: dict[str, Stored] = {}
    for name, stored in tensors.items():
        if found := _FACTOR.fullmatch(name):
            factors.setdefault(found[1], {})[found[2]] = stored
        else:
            rest[name] = stored
    modules = {name: _module(path, name, pair, config) for name, pair in factors.items()}
    return Adapter(modules, str(config.get(_CONFIG) or "")), rest


def _module(path: str, name: str, pair: dict[str, Stored], config: dict[str, Any]) -> Module:
    shown = f"{one_line(path)}: module {one_line(name)}"
    if pair.keys() != {"A", "B"}:
        raise AnetValueError(f"{shown} has lora_{next(iter(pair))} alone, both factors are wanted")
    a, b = pair["A"], pair["B"]
    rank = a.sides[0]
    if len(a.shape) < 2 or len(b.shape) < 2 or b.sides[1] != rank or rank == 0:
        raise AnetValueError(
            f"{shown} has factors of shapes {list(a.shape)} and {list(b.shape)}, which have no product"
        )
    if not (a.is_read and b.is_read):
        raise AnetValueError(f"{shown} is of types {one_line(a.dtype)} and {one_line(b.dtype)}, which are not read")
    alpha = _pattern(config.get("alpha_pattern"), name, config.get("lora_alpha", rank))
    if not isinstance(alpha, (int, float)) or isinstance(alpha, bool):
        raise AnetValueError(f"{one_line(path)}: lora_alpha must be a number, got {one_line(repr(alpha))[:80]}")
    return Module(a, b, float(alpha) / (rank**0.5 if config.get("use_rslora") else rank))


def _pattern(patterns: Any, module: str, otherwise: Any) -> Any:
    """Return what a pattern says of a module: its key is the end of the module's name."""
    for end, value in mapping(patterns).items():
        if module == end or module.endswith(f".{end}"):
            return value
    return otherwise
