"""``anet-lite tombstones``: whether a tombstone log is whole."""

from __future__ import annotations

from typing import Annotated, NoReturn

import typer

from anet_lite._internal.one_line import one_line
from anet_lite.cli.options.exit_status import FAILED, NOT_DONE
from anet_lite.cli.options.options import AsJson, evaluated
from anet_lite.cli.view.document import write_document
from anet_lite.tombstone import Verification
from anet_lite.tombstone import verify as check

EXAMPLES = """Examples:

- `anet-lite tombstones verify tombstones.rank0.jsonl`
- `anet-lite tombstones verify tombstones.rank0.jsonl --expect-head sha256:9f86...`
"""

app: typer.Typer = typer.Typer(
    name="tombstones", help="See whether a tombstone log is whole.", no_args_is_help=True, rich_markup_mode="markdown"
)


@app.callback()
def _tombstones() -> None:  # pyright: ignore[reportUnusedFunction]
    """See whether a tombstone log is whole."""


@app.command(epilog=EXAMPLES)
@evaluated
def verify(
    file: Annotated[str, typer.Argument(help="The log.", show_default=False)],
    expect_head: Annotated[
        str,
        typer.Option(metavar="HASH", help="A hash that the log once had as its newest, kept elsewhere."),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Check every record of a log against the one before it.

    Finds edits, deletions, insertions, other orders and records of other runs, and names the first bad line; with
    `--expect-head` also records that were cut off the end, and another log in its place. Exit status: 0 the log is
    whole, 1 it is altered, 2 it cannot be read.
    """
    try:
        found = check(file, expect_head or None)
    except OSError as error:
        _fail(NOT_DONE, f"{file} cannot be read: {error.strerror}")
    except (ImportError, ValueError) as error:
        _fail(NOT_DONE, str(error))
    if not found.fault and not found.records:
        _fail(NOT_DONE, f"{file} holds no record")
    if as_json:
        write_document({"file": file, "is_whole": found.fault is None, **found.to_dict()})
        raise typer.Exit(FAILED if found.fault else 0)
    if found.fault:
        _fail(FAILED, f"{file} is altered. {_where(found)}", _whole(found))
    typer.echo(one_line(f"{file} is whole: {found.records} records, head {found.head}"))
    for remark in found.remarks:
        typer.echo(one_line(f"Note: {remark}."))


def _where(found: Verification) -> str:
    assert found.fault
    return f"Line {found.fault.line}: {found.fault.why}." if found.fault.line else f"Its head: {found.fault.why}."


def _whole(found: Verification) -> str:
    return f"The {found.records} records before it are whole, as far as they follow from each other."


def _fail(status: int, *lines: str) -> NoReturn:
    for line in lines:
        typer.echo(one_line(line), err=True)
    raise typer.Exit(status)
