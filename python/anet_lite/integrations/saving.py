"""No poisoned checkpoint: what a model is before it is saved, and what is then done."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from anet_lite._native import AnetValueError
from anet_lite.integrations.remarks.remark import few
from anet_lite.integrations.remarks.texts import TEXTS

if TYPE_CHECKING:
    from anet_lite.integrations.remarks import Remarks

WAYS = ("refuse", "mark", "keep")


@dataclass(frozen=True)
class Inspection:
    """What a model is in one step."""

    step: int
    """The newest step that the monitor knows; -1 before the first."""
    status: str
    """The run's status."""
    tensors: int
    """Tensors that were looked at: parameters, buffers, and what was given by ``also=``."""
    not_finite: tuple[str, ...]
    """The names of those that hold NaN or infinity, on any rank."""

    @property
    def is_good(self) -> bool:
        """Whether all is finite and the run is not failing."""
        return not self.not_finite and self.status != "failing"

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain types."""
        return {**asdict(self), "not_finite": list(self.not_finite), "is_good": self.is_good}


class Saving:
    """Decides whether a checkpoint may be saved, and remembers the last good one.

    A model that is not finite is worth nothing: it is refused, or saved and marked. A run that is failing may yet
    recover, and the monitor may be wrong: its checkpoint is saved and marked.

    Args:
        on_bad_save: ``refuse``, ``mark``, or ``keep``, which looks at nothing.

    Raises:
        ValueError: It is none of these.

    """

    def __init__(self, on_bad_save: str = "refuse") -> None:
        if on_bad_save not in WAYS:
            raise AnetValueError(f"on_bad_save must be one of {', '.join(WAYS)}, got {on_bad_save!r:.80}")
        self.on_bad_save: str = on_bad_save
        self.last_good: str | None = None
        self.inspection: Inspection | None = None
        """The newest one."""

    def decide(self, inspection: Inspection, checkpoint: str | None, remarks: Remarks) -> bool:
        """Say whether this checkpoint may be saved; tell once where it is bad, until one is good again.

        Where it is saved then, `wrote` must follow: the last good checkpoint is one that was written.
        """
        texts = TEXTS[remarks.lang]
        self.inspection = inspection
        if inspection.is_good:
            for name in ("save_refused", "save_marked", "save_failing"):
                remarks.again(name)
            return True
        refused = bool(inspection.not_finite) and self.on_bad_save == "refuse"
        name = "save_failing" if not inspection.not_finite else "save_refused" if refused else "save_marked"
        last = texts["none_good" if self.last_good is None else "last_good"].format(checkpoint=self.last_good)
        remarks.say(
            name,
            inspection.step,
            checkpoint=self.name(checkpoint, remarks.lang),
            count=len(inspection.not_finite),
            total=inspection.tensors,
            names=few(list(inspection.not_finite), remarks.lang),
            last=last,
        )
        return not refused

    def name(self, checkpoint: str | None, lang: str) -> str:
        """Return a checkpoint's name; of one without a name, that of the step that was inspected."""
        step = self.inspection.step if self.inspection else -1
        return TEXTS[lang]["of_step"].format(step=step) if checkpoint is None else checkpoint

    def wrote(self, checkpoint: str, mark: str | None = None) -> None:
        """Note a checkpoint that was written after `decide`.

        Args:
            checkpoint: Its name.
            mark: The file beside it that says what is wrong with it; one of an earlier checkpoint is removed.

        """
        if self.inspection is None:
            return
        if self.inspection.is_good:
            self.last_good = checkpoint
            unmark(mark)
        elif mark is not None:
            told = {**self.inspection.to_dict(), "last_good": self.last_good}
            with open(mark, "w", encoding="utf-8") as file:
                json.dump(told, file, indent=2)


def unmark(mark: str | None) -> None:
    """Remove a mark, if there is one."""
    if mark is not None:
        with suppress(FileNotFoundError):
            os.remove(mark)
