"""What a short series looks like: one value that stands alone, a rise by itself, a fall without noise, another scale.

A series holds the newest values that were given, the oldest first, finite or not.
"""

from __future__ import annotations

from math import exp, frexp, isfinite, log
from statistics import median

_YOUNG = 17
"""Newest values among which a change is sought: an incident is explained while it is young."""
_RISING = 1.02
"""Factor by which a rate has grown where it rises: a ramp, not rounding."""
_ENOUGH = 64
"""Rates that must be known before it is said that none has risen."""
_RISEN, _PART = 2.0, 0.25
"""A gradient this many times its usual rises alone where the loss moved by less than this part of its logarithm."""
_STEEP, _OF_ALL = 0.75, 0.8
"""Parts of a change of scale: what one step must do of it, and by which the gradient must follow at least."""
_LEAST = 1.5
"""Factor of a change of scale that can be told from noise."""
_STAYED = 4
"""Values after a change of scale, without which one bad batch looks the same."""
_GRADUAL, _ONE_STEP = 0.5, 0.6
"""Parts of a growth: what the newest values must do of it, and what one step of them at most."""
_EVEN = 0.06
"""Range of the logarithms of factors that are nearly the same."""
_STEADY = 10
"""Losses of which all but one fall, which noise does once in a hundred thousand rows."""
_CLIMBS = 0.85
"""Part of all pairs of which the later value is the higher one, where values climb."""
_FASTER = 1.5
"""Factor by which a growth has grown where it accelerates."""
_POWER = 3.0
"""Power of a loss's growth by which an update grows at least that has another reason."""
_SMOOTH = 0.4
"""Factor by which gradients of sums of batches vary less than those of single ones."""
_SCATTER = 2.5
"""Factor by which losses scatter more where something is noisier."""
_CLASSES = 300
"""Beyond as many classes every loss is near to some ln K, as in the rule ``chance_level``."""
_MANTISSA = 11
"""Bits of a number of half precision; bfloat16 has 8."""


def has_risen(rates: list[float]) -> bool:
    """Whether the newest rate is above the smallest known one by more than rounding, and never fell on the way."""
    known = _finite(rates)
    return len(known) > 1 and known[0] > 0 and known[-1] > _RISING * known[0] and _never_falls(known)


def has_not_risen(rates: list[float]) -> bool:
    """Whether so many rates are known that it can be said, and none is above one before it."""
    known = _finite(rates)
    return len(known) >= _ENOUGH and all(b <= _RISING * a for a, b in zip(known, known[1:]))


def stands_alone(values: list[float], factor: float, unfollowed: float) -> bool:
    """Whether one of the newest values is ``factor`` times all before it and the median of what followed it.

    Where nothing followed it yet, it must be ``unfollowed`` times all before it.
    """
    known = _finite(values)
    at = max(range(max(0, len(known) - _YOUNG), len(known)), key=known.__getitem__, default=0)
    before, after = known[:at], known[at + 1 :]
    if not before or max(before) <= 0:
        return False
    if not after:
        return known[at] >= unfollowed * max(before)
    return known[at] >= factor * max(*before, median(after))


def rises_alone(norms: list[float], losses: list[float]) -> bool:
    """Whether the gradient is far above its usual and the loss has hardly moved."""
    (norm, loss) = _growth(norms), _growth(losses)
    return norm is not None and loss is not None and norm > log(_RISEN) and loss < _PART * norm


def grows(values: list[float]) -> bool:
    """Whether the newest values are far above the usual, and came there in many steps rather than by one jump."""
    growth, young = _growth(values), _finite(values)[-8:]
    if growth is None or growth < log(_RISEN):
        return False
    steps = [log(b / a) for a, b in zip(young, young[1:])]
    return sum(steps) > _GRADUAL * growth and max(steps) < _ONE_STEP * growth


def moves_more(moves: list[float], norms: list[float]) -> bool:
    """Whether the newest update is far above its usual, by more than the gradient is."""
    moved, norm = _newest_over_usual(moves), _newest_over_usual(norms)
    return moved is not None and moved - max(0.0, norm or 0.0) > log(_RISEN)


def outruns(moves: list[float], losses: list[float]) -> bool:
    """Whether the newest update has grown by a power of what the loss has: it is no answer to the loss."""
    moved, loss = _newest_over_usual(moves), _newest_over_usual(losses)
    return moved is not None and moved > max(log(5.0), _POWER * (loss or 0.0))


def shrinks_evenly(moves: list[float]) -> bool:
    """Whether updates jumped, and since then each is smaller than the one before by nearly the same factor."""
    known = _finite(moves)
    at = max(range(max(0, len(known) - _YOUNG), len(known)), key=known.__getitem__, default=0)
    before, after = known[:at], known[at:]
    if len(after) < 4 or not before or min(after) <= 0 or known[at] < _RISEN * median(before):
        return False
    falls = [log(a / b) for a, b in zip(after, after[1:])]
    return min(falls) > 0 and max(falls) - min(falls) < _EVEN


def scatters_more(losses: list[float]) -> bool:
    """Whether the newest losses differ from one to the next by much more than those before."""
    known = _finite(losses)
    steps = [abs(b - a) for a, b in zip(known, known[1:])]
    if len(steps) < 3 * _YOUNG:
        return False
    return median(steps[-_YOUNG // 2 :]) > _SCATTER * median(steps[:-_YOUNG])


def is_rescaled(losses: list[float], norms: list[float], rates: list[float]) -> bool:
    """Whether loss and gradient changed by one factor in one step and stayed, and the rate did not change with them."""
    known, other = _finite(losses), _finite(norms)
    if len(known) <= _YOUNG or len(known) != len(other) or min(*known, *other) <= 0 or has_risen(rates):
        return False
    at = max(range(len(known) - _YOUNG, len(known)), key=lambda i: abs(log(known[i] / known[i - 1])))
    if len(known) - at < _STAYED:
        return False
    change, follows = (log(median(series[at:]) / median(series[:at])) for series in (known, other))
    step = log(known[at] / known[at - 1])
    one_step = abs(change) > log(_LEAST) and _STEEP < step / change < 1 / _STEEP
    return one_step and _OF_ALL < follows / change < 1 / _OF_ALL


def turned_negative(losses: list[float]) -> bool:
    """Whether a loss that was above 0 is below."""
    known = _finite(losses)
    return len(known) > _YOUNG and known[-1] < 0 < median(known[:-_YOUNG])


def overshot(losses: list[float]) -> bool:
    """Whether one of the newest losses was far above all before it, and the newest is below what was usual."""
    known = _finite(losses)
    at = len(known) - 2 * _YOUNG
    if at <= 0 or max(known[:at]) <= 0:
        return False
    return max(known[at:]) > _LEAST * max(known[:at]) and known[-1] < median(known[:at])


def climbs(losses: list[float]) -> bool:
    """Whether the newest losses rise step by step: later ones are higher, and no step does most of it."""
    young = _finite(losses)[-12:]
    if len(young) < 12:
        return False
    later = [b > a for at, a in enumerate(young) for b in young[at + 1 :]]
    rise = sum(young[-4:]) / 4 - sum(young[:4]) / 4
    return sum(later) > _CLIMBS * len(later) and max(b - a for a, b in zip(young, young[1:])) < rise


def stepped(losses: list[float]) -> bool:
    """Whether the loss rose to its new level in one step, and has stayed there for a few rows."""
    known = _finite(losses)
    first = max(1, len(known) - _YOUNG)
    if len(known) < _YOUNG:
        return False
    at = max(range(first, len(known)), key=lambda i: known[i] - known[i - 1])
    rise = median(known[at:]) - median(known[max(0, at - _YOUNG) : at])
    usual = median(abs(b - a) for a, b in zip(known[:at], known[1:at])) if at > 1 else 0.0
    step = known[at] - known[at - 1]
    return len(known) - at >= 3 and rise > 4 * usual and _ONE_STEP * rise < step < 2 * rise


def accelerates(losses: list[float]) -> bool:
    """Whether the loss rises ever faster: by more in the newest eight rows than in the eight before, as it explodes."""
    known = _finite(losses)
    young = known[-20:]
    if len(young) < 20 or min(young) <= 0:
        return False
    before, middle, newest = (median(young[at : at + 4]) for at in (0, 8, 16))
    return log(newest / middle) > _FASTER * log(middle / before) > _FASTER * log(_RISING)


def runs_smoother(norms: list[float]) -> bool:
    """Whether the newest gradient norms differ from one to the next by much less than those before."""
    known = _finite(norms)
    if len(known) < 3 * _YOUNG or min(known) <= 0:
        return False
    steps = [abs(log(b / a)) for a, b in zip(known, known[1:])]
    return median(steps[-7:]) < _SMOOTH * median(steps[:-_YOUNG])


def falls_steadily(losses: list[float]) -> bool:
    """Whether the newest losses fall at almost every step, as only the same batch again can do."""
    young = _finite(losses)[-_STEADY:]
    return len(young) == _STEADY and sum(b < a for a, b in zip(young, young[1:])) >= _STEADY - 2


def is_near_zero(losses: list[float]) -> bool:
    """Whether almost nothing is left of the loss."""
    known = _finite(losses)
    return len(known) > _YOUNG and abs(median(known[-4:])) < 0.02 * abs(median(known[:-_YOUNG]))


def is_chance(loss: float) -> bool:
    """Whether a loss is ln K, what a classifier of K classes loses that answers the same to everything."""
    classes = round(exp(loss)) if 0 < loss < log(_CLASSES) else 0
    return classes >= 2 and abs(loss - log(classes)) <= 1e-4 * loss


def is_half_precision(losses: list[float]) -> bool:
    """Whether all losses are numbers of half precision, and enough of them differ to be no coincidence."""
    known = _finite(losses)
    return len(set(known)) >= 8 and all((frexp(value)[0] * 2**_MANTISSA).is_integer() for value in known)


def _growth(values: list[float]) -> float | None:
    """Logarithm of the mean of the newest four values over the median of all before the newest ``_YOUNG``."""
    known = _finite(values)
    if len(known) <= _YOUNG or min(known) <= 0:
        return None
    return log(sum(known[-4:]) / 4 / median(known[:-_YOUNG]))


def _newest_over_usual(values: list[float]) -> float | None:
    """Logarithm of the mean of the newest two values over the median of all but the newest eight."""
    known = _finite(values)
    if len(known) <= 16 or min(known) <= 0:
        return None
    return log(max(known[-2:]) / median(known[:-8]))


def _never_falls(values: list[float]) -> bool:
    return all(a <= b for a, b in zip(values, values[1:]))


def _finite(values: list[float]) -> list[float]:
    return [value for value in values if isfinite(value)]
