"""A finding: what stands between two models and their merge, or should be known before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from anet_lite._internal.validate import language

SEVERITIES = ("ok", "note", "warn", "stop")
"""From the least to the worst. ``stop``: an average is broken, or cannot be made. ``warn``: look before you merge.
``note``: what should be known, and does not count for the verdict."""


@dataclass(frozen=True)
class Finding:
    """One thing that was found.

    Example:
        >>> from anet_lite.merge import Finding
        >>> found = Finding("all_zero", "stop", ("B", "A"), ("head.weight",))
        >>> print(found.explain())
        head.weight is all zero in B and not in A. An average halves it: a save that failed, or a layer that was never
        loaded.

    """

    code: str
    """What it is, such as ``permuted``; ``docs/merge.md`` lists all."""
    severity: str
    """``stop``, ``warn`` or ``note``."""
    models: tuple[str, ...] = ()
    """The models that it is about, by their letters: ``A`` is the first that was given."""
    tensors: tuple[str, ...] = ()
    """The tensors that it is about."""
    evidence: dict[str, Any] = field(default_factory=dict[str, Any])
    """The numbers and texts behind it, by name."""

    def explain(self, lang: str = "en") -> str:
        """Return what it is, and what to do, in English or Japanese.

        Raises:
            AnetValueError: ``lang`` is neither ``en`` nor ``ja``.

        """
        from anet_lite.merge.words import advice, sentence

        language(lang)
        return (" " if lang == "en" else "").join([sentence(self, lang), advice(self, lang)]).rstrip()

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain types."""
        return {**vars(self), "models": list(self.models), "tensors": list(self.tensors)}


def worst(findings: list[Finding]) -> str:
    """Return the verdict: ``stop``, ``warn`` or ``ok``."""
    ranks = [SEVERITIES.index(finding.severity) for finding in findings]
    rank = max(ranks, default=0)
    return SEVERITIES[rank] if rank > SEVERITIES.index("note") else "ok"


def letter(number: int) -> str:
    """Return what a model is called: A, B, ..., Z, M27, ..."""
    return chr(ord("A") + number) if number < 26 else f"M{number + 1}"
