"""A remark, and those of one run."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from anet_lite._internal.one_line import one_line
from anet_lite.integrations.remarks.texts import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable

_logger = logging.getLogger("anet_lite")

#: Remarks that are kept, the newest.
_KEPT = 256
#: Names of one list that are written out.
_NAMED = 3


@dataclass(frozen=True)
class Remark:
    """What a person is to be told of the loop.

    Example:
        >>> from anet_lite.integrations.remarks import Remarks
        >>> Remarks().say("no_loss", 8, rows=8).text[:37]
        '8 step(s) came, and none of them had '

    """

    name: str
    """Which remark it is, such as ``no_loss``."""
    step: int | None
    """The step in which it was made, None where there was none."""
    text: str
    """One sentence or two."""

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain types."""
        return asdict(self)


class Remarks:
    """Says each remark once, in one language, to the logger ``anet_lite``.

    Args:
        lang: ``"en"`` or ``"ja"``.
        quiet: Keep remarks and log none, as on all ranks but the first.
        tell: Called with each remark that is logged.

    """

    def __init__(
        self, lang: str = "en", quiet: bool = False, tell: Callable[[Remark], object] = lambda _: None
    ) -> None:
        self.lang: str = lang
        self.quiet: bool = quiet
        self.all: deque[Remark] = deque(maxlen=_KEPT)
        self._tell = tell
        self._said: set[tuple[str, object]] = set()

    def say(self, name: str, step: int | None = None, about: object = None, **values: Any) -> Remark | None:
        """Make a remark, unless it was made before.

        Args:
            name: Which remark.
            step: The step under way.
            about: What it is about: the same remark about something else is another one.
            **values: What stands in its text.

        Returns:
            The remark; None where it was made before.

        """
        if (name, about) in self._said:
            return None
        self._said.add((name, about))
        remark = Remark(name, step, one_line(TEXTS[self.lang][name].format(**values)))
        self.all.append(remark)
        if not self.quiet:
            _logger.warning("%s", remark.text)
            self._tell(remark)
        return remark

    def again(self, name: str, about: object = None) -> None:
        """Let a remark be made once more: what it spoke of is over."""
        self._said.discard((name, about))


def few(names: list[str], lang: str) -> str:
    """Return the first names of a list, and how many more there are.

    Example:
        >>> from anet_lite.integrations.remarks.remark import few
        >>> few(["a", "b", "c", "d", "e"], "en")
        'a, b, c and 2 more'

    """
    shown, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    return shown if more <= 0 else TEXTS[lang]["more"].format(shown=shown, more=more)
