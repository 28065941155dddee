"""``anet-lite board``: all runs below a folder, live in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from anet_lite._internal.one_line import one_line
from anet_lite.cli.options.options import Lang, Language
from anet_lite.cli.options.settings import refuse

EXAMPLES = """Examples:

- `anet-lite board runs/`
- `anet-lite board runs/ --port 0 --lang ja`
- `anet-lite board runs/ --host 0.0.0.0`
- `anet-lite board runs/ --accept`
"""


def board(
    folder: Annotated[str, typer.Argument(help="The folder below which trainings write.", show_default=False)],
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8080,
    host: Annotated[
        str, typer.Option(help="The address to listen at; one that others can reach asks them for a token.")
    ] = "127.0.0.1",
    token: Annotated[
        str,
        typer.Option(help="The token; made up where one is needed.", show_default=False, envvar="ANET_BOARD_TOKEN"),
    ] = "",
    accept: Annotated[
        bool, typer.Option("--accept", help='Take records of `Recorder("http://HOST:PORT/NAME")` into the folder.')
    ] = False,
    lang: Lang = Language.en,
) -> None:
    """Show all runs below a folder in a browser, live; Ctrl-C leaves.

    Records, and the logs of any framework that `anet-lite replay` reads. Nothing is written into the folder unless
    `--accept` lets others send records. What was read is remembered in the user's cache, which may be thrown away.
    """
    from anet_lite.board.serve import serve

    def tell(address: str) -> None:
        typer.echo(one_line(f"The board of {folder}: {address} (Ctrl-C leaves)"))

    try:
        serve(folder, port, host, token, lang.value, tell, accept)
    except KeyboardInterrupt:
        pass
    except OSError as error:
        refuse(error.strerror or str(error))
    except (ImportError, ValueError) as error:
        refuse(str(error))
