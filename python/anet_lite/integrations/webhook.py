"""A webhook: alarms, posted as JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from anet_lite._internal.jsonable import to_jsonable
from anet_lite._internal.one_line import one_line
from anet_lite._internal.poster import Poster
from anet_lite.stream.alarm import StreamAlarm
from anet_lite.tracker import Batched

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite import Alarm
    from anet_lite.tracker import Row

_LOOKALIKES = {"<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", "@": "\N{FULLWIDTH COMMERCIAL AT}"}


class WebhookTracker(Batched):
    """Posts a JSON object to an address when an incident opens, when its cause or gravity changes, and when it ends.

    An alarm of a stream is posted when it begins and when it is over; it has the field ``stream``, its ``status`` is
    ``alarm`` or ``over``, and ``alarms`` holds what :meth:`anet_lite.StreamAlarm.to_dict` gives.

    Its fields: ``text`` and ``title`` in words (Slack and Mattermost show ``text``), ``run``, ``step``, ``kind``, which
    is ``opens``, ``changes`` or ``ends``, ``status``, ``time`` in seconds since 1970, ``alarms`` with what each saw,
    and ``metrics``. Numbers that are not finite are the texts ``"NaN"``, ``"Infinity"`` and ``"-Infinity"``.

    In ``text`` and ``title`` no note and no batch calls people: the ``<`` of ``<!here>`` and the ``@`` of ``@all`` are
    written with other signs of the same look.

    Posts are made in a thread, one after another. One that finds no connection, or a server that is busy (408, 425,
    429, 500, 502, 503, 504), is tried three times within 2.5 seconds, any other once; one that fails is counted in
    ``lost``, and those after it are posted all the same. A redirect is a failure and is not followed. Neither the
    address nor the headers stand in an error or in the log, since both may hold a secret.

    Args:
        url: The address, ``http`` or ``https``, without a user and a password.
        run: Name of the run.
        headers: Headers of each request, such as ``{"Authorization": "Bearer ..."}``.
        cooldown: Seconds in which an incident that opens like another is not posted.
        timeout: Seconds for a request, and for ``flush`` and ``close``.

    Raises:
        TypeError: ``url`` or a header is no text.
        ValueError: ``url`` is of another kind, or a header cannot be sent.

    """

    def __init__(
        self,
        url: str,
        run: str = "",
        headers: Mapping[str, str] | None = None,
        cooldown: float = 300.0,
        timeout: float = 10.0,
    ) -> None:
        super().__init__(every=1, cooldown=cooldown, timeout=timeout, batch=1, only_messages=True)
        self.run: str = run
        self._poster = Poster(url, {"Content-Type": "application/json", **(headers or {})}, timeout)

    def _write(self, rows: list[Row]) -> None:
        for row in rows:
            self._poster.post(json.dumps(self._message(row), allow_nan=False).encode())

    def _message(self, row: Row) -> Any:
        alert = row.alert
        assert alert is not None
        return to_jsonable(
            {
                "title": neutral(f"{self.run} {alert.title}".strip()),
                "text": neutral(f"{self.run} {alert.text}".strip()),
                "run": self.run,
                **({} if row.stream is None else {"stream": row.stream}),
                "step": row.step,
                "kind": alert.kind,
                "status": alert.status,
                "time": row.time,
                "alarms": [_alarm(alarm) for alarm in alert.alarms],
                "metrics": row.metrics,
            }
        )


def neutral(text: str) -> str:
    """Return a text in which a note or a batch calls nobody in a chat, nor shows a link: ``<!channel>``, ``@all``."""
    return re.sub(r"<(?=\S)|@(?=\w)", lambda sign: _LOOKALIKES[sign[0]], one_line(text))


def _alarm(alarm: Alarm | StreamAlarm) -> dict[str, object]:
    if isinstance(alarm, StreamAlarm):
        return alarm.to_dict()
    names = ("rule", "family", "signal", "value", "expected", "ratio", "strength", "since", "incident", "groups")
    return {name: getattr(alarm, name) for name in names}
