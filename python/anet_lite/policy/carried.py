"""Which actions an integration carries out: a policy that would only talk is refused when it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._native import AnetValueError

if TYPE_CHECKING:
    from collections.abc import Collection

    from anet_lite.policy.guard import Guard

_INSTEAD = {
    "scale_lr": "give the guard set_scale=, which sets the rate",
    "skip_step": "it must decide before the step, so update a Monitor and call Guard.step there yourself",
}


def refuse_idle(guard: Guard | None, carried: Collection[str], where: str) -> None:
    """Refuse a guard whose policy needs what is not carried out here.

    Raises:
        ValueError: It is so.

    Example:
        >>> from anet_lite import Guard, LowerLR
        >>> from anet_lite.policy.carried import refuse_idle
        >>> refuse_idle(Guard(LowerLR(), set_scale=print), (), "OptaxWatch")
        >>> refuse_idle(Guard(LowerLR()), ("scale_lr",), "attach")

    """
    if guard is not None and guard.needs and guard.needs not in carried:
        instead = _INSTEAD.get(guard.needs, f"nothing here carries out {guard.needs}")
        raise AnetValueError(f"guard: {where} cannot do what {type(guard.policy).__name__} decides: {instead}")
