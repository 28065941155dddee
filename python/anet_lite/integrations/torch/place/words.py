"""Says where it began, as a remark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.integrations.remarks.remark import few
from anet_lite.integrations.remarks.texts import TEXTS

if TYPE_CHECKING:
    from anet_lite.integrations.remarks import Remarks
    from anet_lite.integrations.torch.place.find import Place


def say_place(remarks: Remarks, place: Place | None, step: int, batch_id: object, looked: bool) -> None:
    """Say where it began; once, that it was not measured.

    Args:
        remarks: Where it is said.
        place: The place, None where none was found.
        step: The step.
        batch_id: Its batch, None where it was not given.
        looked: Whether modules are looked at, or the gradient of this step was.

    """
    texts = TEXTS[remarks.lang]
    batch = "" if batch_id is None else texts["batch"].format(batch=batch_id)
    if place is None:
        if not looked:
            remarks.say("place_unknown", step, at=step)
        return
    names = few(list(place.names), remarks.lang)
    remarks.say(f"place_{place.kind}", step, step, at=step, names=names, count=len(place.names), before=place.before,
                batch=batch)  # fmt: skip
