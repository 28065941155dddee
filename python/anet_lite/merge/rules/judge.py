"""All rules, in the order in which findings of one severity are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.merge.finding import SEVERITIES
from anet_lite.merge.rules import changes, documents, matrices, numbers, structure
from anet_lite.merge.rules.pair import Pair

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anet_lite.merge.finding import Finding

RULES = (
    structure.missing,
    structure.shape,
    documents.tokenizer,
    documents.config,
    numbers.not_finite,
    numbers.all_zero,
    matrices.unrelated,
    matrices.rows_differ,
    matrices.scaled,
    changes.wrong_base,
    changes.one_dominates,
    changes.uneven_change,
    numbers.near_overflow,
    numbers.rounding,
    structure.dtype,
    structure.not_in_base,
    changes.unchanged,
    structure.not_compared,
    structure.not_judged,
)
"""Each takes a pair and yields findings."""


def judge(pairs: Iterable[Pair]) -> list[Finding]:
    """Return the findings of all pairs, the worst first; what is of one model alone is told once."""
    found = [finding for pair in pairs for rule in RULES for finding in rule(pair)]
    stopped = {(each.models, name) for each in found if each.severity == "stop" for name in each.tensors}
    found = [each for each in found if not _is_echo(each, stopped)]
    once = {(each.code, each.models, each.tensors, str(each.evidence)): each for each in found}
    return sorted(once.values(), key=lambda each: -SEVERITIES.index(each.severity))


def _is_echo(finding: Finding, stopped: set[tuple[tuple[str, ...], str]]) -> bool:
    """Whether a change is uneven for a reason that was told: a matrix of other units has changed in every number."""
    if finding.code != "uneven_change":
        return False
    return any((models, finding.tensors[0]) in stopped for models in (finding.models, finding.models[::-1]))


__all__ = ["RULES", "Pair", "judge"]
