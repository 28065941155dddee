"""The options that commands share: which columns are the signals, how the monitor is set, where zeros come from."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Callable, TypeVar, get_type_hints

import typer

NONE = "none"
"""What a user writes who wants no time, or no key."""

ALL = "all"
"""What a user writes who means every column."""

F = TypeVar("F", bound=Callable[..., Any])

Columns = Annotated[
    list[str],
    typer.Option(metavar="SIGNAL=NAME", help="Column of a signal, where the guess is wrong; SIGNAL= leaves it out."),
]
Settings = Annotated[
    list[str],
    typer.Option("--set", metavar="NAME=VALUE", help="Setting of the monitor: false_alarms_per_10k, escalate."),
]


Signals = Annotated[
    list[str],
    typer.Option(
        "--signal",
        metavar="NAME=SIDE",
        help="A named signal's column, and its bad side: rises, falls, both, nonzero; repeatable.",
    ),
]


class Language(str, Enum):
    """The languages of sentences."""

    en = "en"
    ja = "ja"


WebhookForm = Annotated[
    str, typer.Option("--form", metavar="FORM", help="What --webhook posts: json, slack, discord, teams, pagerduty.")
]
Notify = Annotated[
    list[str], typer.Option(metavar="URL", help="Tell a chat, a pager or by mail, as apprise does; repeatable.")
]
Lang = Annotated[Language, typer.Option(help="The language of sentences.")]


AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document; `anet-lite schema` describes it.")]
AsJsonLines = Annotated[bool, typer.Option("--json", help="Print JSON lines; `anet-lite schema` describes them.")]


class Method(str, Enum):
    """The methods of ``generate_gammas``."""

    newton = "newton"
    centred = "centred"
    exact = "exact"


class VerdictKind(str, Enum):
    """The kinds of ``anet_lite.verdict``, of which ``--fail-on`` takes some."""

    healthy = "healthy"
    recovered = "recovered"
    settled_worse = "settled_worse"
    overfits = "overfits"
    collapsed = "collapsed"
    failing = "failing"
    no_progress = "no_progress"
    not_judged = "not_judged"
    no_loss = "no_loss"


def evaluated(command: F) -> F:
    """Replace the text of a command's annotations by what it stands for, on every Python alike.

    Typer reads options from annotations, which are text in our files: on Python 3.9 it leaves them as text.
    """
    command.__annotations__ = get_type_hints(command, include_extras=True)
    return command
