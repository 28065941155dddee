"""The options that say how a table of text is written, where its looks mislead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from anet_lite.reader.text import ReadOptions

Delimiter = Annotated[
    str, typer.Option(metavar="SIGN", help="What stands between cells: a sign, tab, or space for any white space.")
]
Decimal = Annotated[str, typer.Option(metavar="SIGN", help="The decimal sign: . or ,")]
Encoding = Annotated[str, typer.Option(metavar="NAME", help="The encoding of the text, such as cp932 or latin-1.")]
Missing = Annotated[
    list[str],
    typer.Option(metavar="WORD", help="A cell that is no value, beside NA, null, - and the like; repeatable."),
]
Header = Annotated[
    Optional[bool],
    typer.Option("--header/--no-header", help="Whether the first row holds the names.", show_default=False),
]
Time = Annotated[str, typer.Option(metavar="COLUMN", help="The column of the time.")]
Order = Annotated[str, typer.Option(metavar="ORDER", help="Of dates such as 01/02/2024: day or month, which is first.")]


def read_options(
    delimiter: str = "",
    decimal: str = "",
    encoding: str = "",
    missing: list[str] | None = None,
    header: bool | None = None,
    time: str = "",
    order: str = "",
    keys: list[str] | None = None,
) -> ReadOptions:
    """Return the options as the reader takes them; one that is none of those ends with a sentence that names it."""
    from anet_lite.reader.text import ReadOptions

    words, order = tuple(missing or ()), order and f"{order.removesuffix('-first').removesuffix(' first')} first"
    try:
        return ReadOptions(
            delimiter=delimiter, decimal=decimal, encoding=encoding, missing=words, header=header, time=time,
            order=order, keys=tuple(keys or ()),
        )  # fmt: skip
    except ValueError as error:
        option, _, text = str(error).partition(" ")
        raise typer.BadParameter(text, param_hint=f"--{option}") from None
