"""The zoo in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from merge.zoo import Pair

BROKEN = 0.1
"""The harm from which an average counts as broken."""


def is_broken(pair: Pair) -> bool:
    """Whether an average is broken, or cannot be made."""
    return not pair.harm <= BROKEN


def share(pairs: Sequence[Pair], *verdicts: str) -> str:
    count = sum(pair.verdict in verdicts for pair in pairs)
    return f"{count} of {len(pairs)}"


def by_kind(pairs: Sequence[Pair]) -> Iterator[str]:
    """Yield the table of kinds: how many averages broke, and what the check said."""
    yield "| kind | pairs | average broken | stop | warn | median harm |"
    yield "|---|---|---|---|---|---|"
    for kind in dict.fromkeys(pair.kind for pair in sorted(pairs, key=lambda pair: not pair.is_clean)):
        held = [pair for pair in pairs if pair.kind == kind]
        counts = [sum(pair.verdict == verdict for pair in held) for verdict in ("stop", "warn")]
        harms = [pair.harm for pair in held if pair.harm == pair.harm]
        harm = f"{np.median(harms):.2f}" if harms else "no average"
        yield f"| {kind} | {len(held)} | {sum(map(is_broken, held))} | {counts[0]} | {counts[1]} | {harm} |"


def summary(pairs: Sequence[Pair]) -> Iterator[str]:
    """Yield what is promised of the verdicts, over all nets and of each."""
    yield "| net | clean pairs stopped | warned | damaged and broken: stopped | stopped or warned |"
    yield "|---|---|---|---|---|"
    for net in [*dict.fromkeys(pair.net for pair in pairs), "all"]:
        held = [pair for pair in pairs if net in (pair.net, "all")]
        clean = [pair for pair in held if pair.is_clean]
        broken = [pair for pair in held if not pair.is_clean and is_broken(pair)]
        yield (
            f"| {net} | {share(clean, 'stop')} | {share(clean, 'warn')} | {share(broken, 'stop')} "
            f"| {share(broken, 'stop', 'warn')} |"
        )


def predictions(pairs: Sequence[Pair]) -> Iterator[str]:
    """Yield how well each measure ranks averages by harm, over the pairs that can be averaged."""
    nets = list(dict.fromkeys(pair.net for pair in pairs))
    yield f"| measure | {' | '.join(nets)} |"
    yield "|---|" + "---|" * len(nets)
    for name in pairs[0].measures:
        cells = []
        for net in nets:
            held = [pair for pair in pairs if pair.net == net and np.isfinite([pair.harm, pair.measures[name]]).all()]
            scores = np.array([pair.measures[name] for pair in held])
            cells.append(f"{auc(scores, np.array([is_broken(pair) for pair in held])):.2f}")
        yield f"| {name} | {' | '.join(cells)} |"


def auc(scores: np.ndarray, broken: np.ndarray) -> float:
    """Return how often a broken pair scores above one that is not; a tie counts half."""
    above, below = scores[broken][:, None], scores[~broken][None]
    return float((above > below).mean() + 0.5 * (above == below).mean())
