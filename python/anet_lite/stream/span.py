"""Lengths of time that are given in samples or as a time, such as a season: ``288`` or ``1d``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Union

from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.stream.duration import seconds_of

if TYPE_CHECKING:
    from collections.abc import Iterable

Span = Union[int, str]
"""Samples, or a time as a text."""


def spans_of(argument: str, given: Span | Iterable[Span] | None) -> tuple[Span, ...]:
    """Return what a user gave, one after another; a text may hold several between commas, and numbers of samples.

    Raises:
        TypeError: It is neither samples nor a text.
        ValueError: A text is no time.

    """
    if given is None:
        return ()
    many = [given] if isinstance(given, (int, str)) else _listed(argument, given)
    spans = [span for each in many for span in (each.split(",") if isinstance(each, str) else [each])]
    return tuple(_checked(argument, span) for span in spans)


def samples_of(argument: str, span: Span, interval: float) -> int:
    """Return how many samples a span has, where one comes each ``interval`` seconds.

    Example:
        >>> from anet_lite.stream.span import samples_of
        >>> samples_of("season", "1d", 300.0), samples_of("season", 288, 300.0)
        (288, 288)

    """
    return span if isinstance(span, int) else round(seconds_of(span, argument) / interval)


def _listed(argument: str, given: Iterable[Span]) -> list[Span]:
    try:
        return list(given)
    except TypeError:
        raise _refused(argument, given) from None


def _checked(argument: str, span: object) -> Span:
    if isinstance(span, str):
        text = span.strip()
        if text.isdecimal():
            return int(text)
        seconds_of(text, argument)
        return text
    try:
        return span.__index__()  # pyright: ignore
    except AttributeError:
        raise _refused(argument, span) from None


def _refused(argument: str, got: object) -> AnetTypeError:
    return AnetTypeError(f"{argument} must be samples or a time such as '1d', got {type(got).__name__}")


def refuse_times(argument: str, spans: Iterable[Span], why: str) -> None:
    """Refuse spans that are times where no time between two samples is known.

    Raises:
        ValueError: One is a time.

    """
    for span in spans:
        if isinstance(span, str):
            raise AnetValueError(f"{argument} {span} is a time, and {why}: give {argument} in samples, or the interval")
