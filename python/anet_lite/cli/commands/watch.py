"""``anet-lite watch``: a run while it runs."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from anet_lite.cli.options.options import (
    AsJsonLines,
    Columns,
    Lang,
    Language,
    Notify,
    Settings,
    Signals,
    WebhookForm,
)
from anet_lite.cli.options.read_options import (
    Decimal,
    Delimiter,
    Encoding,
    Header,
    Missing,
    read_options,
)
from anet_lite.cli.options.settings import monitor_of, pairs, refuse
from anet_lite.cli.view.document import write_document

if TYPE_CHECKING:
    from anet_lite.cli.live.event import Event
    from anet_lite.cli.live.run_events import RunEvents
    from anet_lite.reader.follow import Watched

EXAMPLES = """Examples:

- `anet-lite watch run.jsonl`
- `anet-lite watch metrics.csv --column loss=train_loss --set false_alarms_per_10k=5`
- `anet-lite watch ppo.csv --signal reward=falls --signal kl=rises`
- `anet-lite watch run.jsonl --stall 10m --webhook https://example.org/hook`
- `anet-lite watch run.jsonl --webhook https://hooks.slack.com/services/... --form slack`
- `anet-lite watch run.jsonl --stall 10m --notify mailto://user:password@example.org`
- `anet-lite watch run.jsonl | tee alarms.txt`
"""


def watch(
    file: Annotated[
        str, typer.Argument(help="Records, JSON lines or CSV; may come into being later.", show_default=False)
    ],
    column: Columns = [],  # noqa: B006
    setting: Settings = [],  # noqa: B006
    signal: Signals = [],  # noqa: B006
    stall: Annotated[
        str,
        typer.Option(metavar="TIME", help="Tell that no row has come for so long: the process may hang or be dead."),
    ] = "",
    webhook: Annotated[str, typer.Option(metavar="URL", help="Post each message and each stall as JSON.")] = "",
    webhook_form: WebhookForm = "json",
    notify: Notify = [],  # noqa: B006
    as_json: AsJsonLines = False,
    lang: Lang = Language.en,
    every: Annotated[float, typer.Option(min=0.05, max=86400, help="Seconds between two looks.")] = 0.5,
    delimiter: Delimiter = "",
    decimal: Decimal = "",
    encoding: Encoding = "",
    missing: Missing = [],  # noqa: B006
    header: Header = None,
) -> None:
    """Follow a file that grows, in a live view; Ctrl-C leaves.

    Records show what was recorded; rows of another file are given to a monitor. Where the output is no terminal, each
    message of an incident is one line. A process that has died tells nothing by itself: `--stall 10m` does.
    """
    from anet_lite.cli.live.run_events import RunEvents
    from anet_lite.cli.live.sinks.messengers import Told
    from anet_lite.reader.follow import Watched

    reading = read_options(delimiter, decimal, encoding, missing, header)
    # A Parquet file is written as JSON lines until it is closed.
    run = Watched(
        f"{file}.jsonl" if file.endswith(".parquet") else file,
        monitor_of(setting, signal),
        pairs(column, "column"),
        reading,
        lang=lang.value,
    )
    try:
        events = RunEvents(stall, Told(webhook, webhook_form, tuple(notify), lang.value))
    except (ImportError, ValueError) as error:
        refuse(str(error))
    try:
        _follow(run, every, events, as_json)
    except KeyboardInterrupt:
        pass
    except OSError as error:
        refuse(f"{file}: {error.strerror}")
    except ValueError as error:
        refuse(str(error))
    finally:
        _close(events)


def _close(events: RunEvents) -> None:
    """Tell all that waits, and say what was not confirmed; a second Ctrl-C ends the waiting."""
    with suppress(KeyboardInterrupt):
        if lost := events.close():
            typer.echo(f"{lost:,} events were not confirmed as delivered", err=True)


def _follow(run: Watched, every: float, events: RunEvents, as_json: bool) -> None:
    from rich.console import Console
    from rich.live import Live

    from anet_lite.cli.view.watch_view import view

    console = Console()
    if as_json or not console.is_terminal:
        while True:
            run.look()
            _tell(run, events.of(run), as_json)
            time.sleep(every)
    since, rows = time.monotonic(), 0
    with Live(console=console, auto_refresh=False) as live:
        while True:
            run.look()
            if run.rows != rows:
                since, rows = time.monotonic(), run.rows
            events.of(run)
            live.update(view(run, since), refresh=True)
            time.sleep(every)


def _tell(run: Watched, stalls: list[Event], as_json: bool) -> None:
    """Print a line for each message that is new, and for a stall that begins or is over."""
    if not as_json:
        for line in (*run.news, *(event.line() for event in stalls)):
            print(line, flush=True)
        return
    from anet_lite.cli.live.silence import now_text

    now, run_is = now_text(), {"step": run.step, "status": run.status}
    for text in run.news:
        write_document({"event": "message", "time": now, **run_is, "text": text})
    for event in stalls:
        write_document({"event": event.kind, "time": event.time, **run_is, "text": event.text})
