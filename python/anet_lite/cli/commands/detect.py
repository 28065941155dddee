"""``anet-lite detect``: what is strange in streams of numbers, from a file or as they arrive."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from anet_lite.cli.options.exit_status import FAILED
from anet_lite.cli.options.options import NONE, AsJson, Lang, Language, Notify, WebhookForm
from anet_lite.cli.options.read_options import (
    Decimal,
    Delimiter,
    Encoding,
    Header,
    Missing,
    Order,
    Time,
    read_options,
)
from anet_lite.cli.options.settings import refuse
from anet_lite.cli.view.output import Format

EXAMPLES = """Examples:

- `anet-lite detect cpu.csv --plot cpu.png`
- `anet-lite detect fleet.csv --key host --budget 1/day`
- `anet-lite detect wide.parquet --all-columns --format csv > scored.csv`
- `anet-lite detect requests.csv --counter requests_total --season 1d,7d`
- `kubectl logs -f web | anet-lite detect --exec 'notify-send "$ANET_TEXT"'`
- `anet-lite detect metrics.csv --follow --state metrics.state --webhook https://example.org/hook`
"""


class FailOn(str, Enum):
    """What gives the exit status 1."""

    alarm = "alarm"


def detect(
    file: Annotated[str, typer.Argument(help="A file of metrics in any form; - is standard input.")] = "-",
    column: Annotated[list[str], typer.Option(help="Column of numbers to look at; repeatable.")] = [],  # noqa: B006
    all_columns: Annotated[bool, typer.Option("--all-columns", help="Look at every column of numbers.")] = False,
    key: Annotated[
        list[str], typer.Option(help="Column that tells streams apart, such as host; repeatable; none for no key.")
    ] = [],  # noqa: B006
    time: Time = "",
    interval: Annotated[
        str, typer.Option(metavar="TIME", help="Time between two samples, such as 60s, else learned.")
    ] = "",
    resample: Annotated[str, typer.Option(metavar="TIME[:HOW]", help="Put rows together, such as 5m or 1h:max.")] = "",
    threshold: Annotated[float, typer.Option(help="Largest p-value that alarms.")] = 1e-4,
    budget: Annotated[str, typer.Option(help="False alarms to accept instead, such as 3/10k, 1/day, 2/week.")] = "",
    merge: Annotated[int, typer.Option(help="Alarms fewer samples apart than this are one.")] = 50,
    tokens: Annotated[bool, typer.Option(help="Compare bags of tokens too.")] = True,
    season: Annotated[
        str, typer.Option(metavar="TIME,...", help="Known period: samples, or times such as 1d or 1d,7d; else found.")
    ] = "",
    warmup: Annotated[
        str, typer.Option(metavar="TIME", help="Samples, or a time, of a stream that are learned and not judged.")
    ] = "",
    difference: Annotated[
        list[str], typer.Option(metavar="COLUMN", help="Judge the changes of this column, or of all; repeatable.")
    ] = [],  # noqa: B006
    counter: Annotated[
        list[str], typer.Option(metavar="COLUMN", help="A count that only grows, or all: judge growth; repeatable.")
    ] = [],  # noqa: B006
    joint: Annotated[
        bool, typer.Option("--joint", help="Judge how streams go together, too; of a file, at most 64 of them.")
    ] = False,
    small: Annotated[bool, typer.Option("--small", help="Little memory a stream, for fleets.")] = False,
    held: Annotated[bool, typer.Option("--held", help="Tell what a stream's own habits hold back, too.")] = False,
    strangest: Annotated[int, typer.Option(min=0, help="Moments to show where nothing rings.")] = 3,
    form: Annotated[
        Format, typer.Option("--format", help="Words, or every sample as CSV or JSON lines.")
    ] = Format.table,
    as_json: AsJson = False,
    alarms: Annotated[bool, typer.Option("--alarms", help="As CSV or JSON lines the alarms alone.")] = False,
    lang: Lang = Language.en,
    plot: Annotated[str, typer.Option(metavar="FILE", help="Draw the streams and their alarms into this file.")] = "",
    report: Annotated[str, typer.Option(metavar="FILE", help="Write them as a page for a browser.")] = "",
    follow: Annotated[bool, typer.Option("--follow", help="Go on reading as the file grows.")] = False,
    execute: Annotated[
        str, typer.Option("--exec", metavar="COMMAND", help="Run this for what happens, told by ANET_TEXT and JSON.")
    ] = "",
    webhook: Annotated[str, typer.Option(metavar="URL", help="Post what happens to this address.")] = "",
    webhook_form: WebhookForm = "json",
    notify: Notify = [],  # noqa: B006
    prometheus: Annotated[str, typer.Option(metavar="[HOST:]PORT", help="Serve metrics for Prometheus here.")] = "",
    state: Annotated[str, typer.Option(metavar="FILE", help="Keep what was learned here, and go on from it.")] = "",
    stale: Annotated[str, typer.Option(metavar="TIME", help="Tell of streams that are silent for so long.")] = "",
    fail_on: Annotated[
        list[FailOn], typer.Option(help="What gives the exit status 1; may be repeated.", show_default=False)
    ] = [],  # noqa: B006
    delimiter: Delimiter = "",
    decimal: Decimal = "",
    encoding: Encoding = "",
    missing: Missing = [],  # noqa: B006
    header: Header = None,
    order: Order = "",
) -> None:
    """Score each number of a stream by what came before it, and raise alarms.

    A file is told in words: how it was read, each alarm with what happened, or the strangest moments where nothing
    rings. Standard input, and a file with --follow, is told line by line as alarms begin and are over; Ctrl-C ends it
    whole. CSV and JSON lines list every sample, or with --alarms the alarms alone. With --json a file is one document,
    and what comes is a line for each event.
    """
    from anet_lite.cli.detect import Asked, run

    clock, keys = "" if time == NONE else time, [each for each in key if each != NONE]
    options = read_options(delimiter, decimal, encoding, missing, header, clock, order, keys)
    asked = Asked(
        file=file, reading=options, columns=tuple(column), every_column=all_columns, keys=tuple(key), time=time,
        interval=interval, resample=resample, threshold=threshold, budget=budget, merge=merge, tokens=tokens,
        season=season, warmup=warmup, difference=tuple(difference), counter=tuple(counter), joint=joint, small=small,
        held=held, strangest=strangest, form=form, alarms_alone=alarms, lang=lang.value, plot=plot, report=report,
        follow=follow, execute=execute, webhook=webhook, webhook_form=webhook_form,
        notify=tuple(notify), prometheus=prometheus, state=state, stale=stale, as_json=as_json,
    )  # fmt: skip
    try:
        rang = run(asked)
    except BrokenPipeError:  # whoever read the answers has enough
        raise
    except OSError as error:
        refuse(f"{error.filename or file}: {error.strerror or error}")
    except (ImportError, ValueError) as error:
        refuse(str(error))
    if rang and FailOn.alarm in fail_on:
        raise typer.Exit(FAILED)
