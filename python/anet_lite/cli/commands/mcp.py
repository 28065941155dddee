"""``anet-lite mcp``: a server for agents that speak the Model Context Protocol."""

from __future__ import annotations

from typing import Annotated

import typer

from anet_lite._internal.optional_import import need
from anet_lite.cli.options.settings import refuse

EXAMPLES = """Examples:

- `anet-lite mcp`
- `anet-lite mcp ~/runs`
- `anet-lite mcp ~/runs --allow-write`
"""


def mcp(
    root: Annotated[str, typer.Argument(help="The folder that may be looked into; nothing outside it is.")] = ".",
    allow_write: Annotated[
        bool, typer.Option("--allow-write", help="Offer tools that write pages and tombstone notes below it, too.")
    ] = False,
) -> None:
    """Serve runs, verdicts, explanations, rows, streams, checkpoints and tombstone logs to an agent.

    It speaks the Model Context Protocol on standard input and output: a client starts it and ends it. It reads below
    one folder, refuses paths and links that lead out of it, and writes nothing unless it is told.
    """
    try:
        need("mcp", "mcp")
        from anet_lite.cli.mcp.server import server

        serving = server(root, allow_write)
    except (ImportError, ValueError) as error:
        refuse(str(error))
    serving.run()
