"""``anet-lite spark``: what a cluster of Spark needs."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from anet_lite._internal.one_line import one_line
from anet_lite.cli.options.exit_status import NOT_DONE
from anet_lite.cli.options.options import Lang, Language, evaluated

EXAMPLES = """Examples:

- `anet-lite spark pack -o anet.tar.gz`
- `anet-lite spark pack -o anet.tar.gz --python /usr/bin/python3.11 --with scipy`
"""

_WRITTEN = {
    "en": "{file}: {size:.0f} MB, imported by {python} with nothing else on its path. It holds anet-lite {version}, {held}.",
    "ja": "{file}({size:.0f} MB)を書き出しました。{python} だけで読み込めることを確認済みです。"
    "中身は anet-lite {version}、{held} です。",
}
_GIVE = {
    "en": "For executors with Python {minor} on {platform}. Give Spark:",
    "ja": "実行ノードには {platform} 上の Python {minor} が必要です。Spark には次の設定を渡してください。",
}

app: typer.Typer = typer.Typer(
    name="spark", help="Set up a cluster of Spark.", no_args_is_help=True, rich_markup_mode="markdown"
)


@app.callback()
def _spark() -> None:  # pyright: ignore[reportUnusedFunction]
    """Set up a cluster of Spark."""


@app.command(epilog=EXAMPLES)
@evaluated
def pack(
    output: Annotated[str, typer.Option("--output", "-o", help="The archive.")] = "anet.tar.gz",
    python: Annotated[
        str, typer.Option(help="A Python of the version that executors run; without it the one below this one.")
    ] = "",
    also: Annotated[
        Optional[list[str]], typer.Option("--with", metavar="PACKAGE", help="One more package; can be repeated.")
    ] = None,
    lang: Lang = Language.en,
) -> None:
    """Write the product and its needs into an archive that Spark unpacks beside each executor.

    What is installed here is packed, in the same versions; so run it on the platform and with the minor version of
    Python that executors have. A Python that has nothing else imports the archive before it is written.
    """
    import os

    from anet_lite import __version__
    from anet_lite.cli.pack.archive import pack as write
    from anet_lite.cli.pack.trial import MINOR, PLATFORM, this_python

    python = python or this_python()
    try:
        held = write(output, python, tuple(also or ()))
    except (OSError, ValueError) as error:
        typer.echo(one_line(str(error)), err=True)
        raise typer.Exit(NOT_DONE) from error
    size, language = os.path.getsize(output) / 1e6, lang.value
    written = {"file": output, "size": size, "python": python, "version": __version__, "held": ", ".join(held)}
    typer.echo(one_line(_WRITTEN[language].format(**written)))
    typer.echo(_GIVE[language].format(minor=MINOR, platform=PLATFORM))
    for line in (f"spark.archives={output}#anet", "spark.executorEnv.PYTHONPATH=anet"):
        typer.echo(one_line(f"  --conf {line}"))
    typer.echo(f"  PYSPARK_PYTHON=python{MINOR}")
