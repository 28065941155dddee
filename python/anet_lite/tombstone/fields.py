"""What a caller gives a record, made fit for JSON."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from anet_lite._internal.jsonable import to_jsonable
from anet_lite._internal.plain_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite.tombstone.chain import Record


def fields_of(event: str, policy: str, scope: Mapping[str, Any] | None, evidence: Any, operator: str) -> Record:
    """Return the fields that the caller decides."""
    texts = {"event": event, "policy": policy, "operator": operator}
    texts = {name: plain_text(text) for name, text in texts.items()}
    return {**texts, "scope": bearable(scope), "evidence": bearable(evidence)}


def bearable(value: Any) -> Any:
    """Return evidence as JSON carries it; what cannot be read, such as a list that holds itself, raises nothing."""
    try:
        return to_jsonable({} if value is None else value)
    except Exception as error:
        return {"unreadable": f"{type(value).__name__}: {type(error).__name__}"}


def now() -> str:
    """Return the time in UTC, to the microsecond."""
    return datetime.now(timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")
