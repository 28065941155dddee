"""``anet-lite schema``: what the documents of ``--json`` hold."""

from __future__ import annotations

from typing import Annotated

import typer

from anet_lite.documents import schema_names, schema_text

EXAMPLES = """Examples:

- `anet-lite schema`
- `anet-lite schema replay > replay.schema.json`
"""


def schema(
    name: Annotated[str, typer.Argument(help="The document; without it all are named.", show_default=False)] = "",
) -> None:
    """Print the JSON Schema of a document that a command prints with `--json`.

    Documents have the names of their commands; `stream-event` is a line of `detect --json` while a stream comes,
    `run-event` a line of `watch --json`, `written` what `report` and `plot` print, and `record` a line of the file that
    `Recorder` writes.
    """
    typer.echo(schema_text(name) if name else "\n".join(schema_names()), nl=not name)
