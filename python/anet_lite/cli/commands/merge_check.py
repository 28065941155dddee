"""``anet-lite merge-check``: what an average of models would break, by their weights alone."""

from __future__ import annotations

import json
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from anet_lite.cli.options.exit_status import FAILED
from anet_lite.cli.options.options import AsJson, Lang, Language
from anet_lite.cli.options.settings import refuse
from anet_lite.cli.view.output import Format, write

if TYPE_CHECKING:
    from anet_lite.cli.rows.value import Value
    from anet_lite.merge import MergeReport

EXAMPLES = """Examples:

- `anet-lite merge-check a.safetensors b.safetensors`
- `anet-lite merge-check model-a/ model-b/ model-c/ --base base/ --plot merge.png`
- `anet-lite merge-check lora-a/ lora-b/ --fail-on warn --lang ja`
- `anet-lite merge-check a.safetensors b.safetensors --format csv > tensors.csv`
"""


class Severity(str, Enum):
    """The verdict from which the exit status is 1."""

    stop = "stop"
    warn = "warn"
    never = "never"


_FAILS = {Severity.stop: ("stop",), Severity.warn: ("stop", "warn"), Severity.never: ()}


def merge_check(
    models: Annotated[
        list[str],
        typer.Argument(
            help="Two models or more: safetensors files, or folders with an index, shards or a LoRA adapter.",
            show_default=False,
        ),
    ],
    base: Annotated[str, typer.Option(metavar="MODEL", help="The model that they were trained from.")] = "",
    form: Annotated[
        Format, typer.Option("--format", help="Words; findings as JSON lines; tensors as CSV.")
    ] = Format.table,
    as_json: AsJson = False,
    lang: Lang = Language.en,
    plot: Annotated[str, typer.Option(metavar="FILE", help="Draw cosines and changes by layer into this file.")] = "",
    fail_on: Annotated[Severity, typer.Option(help="The verdict from which the exit status is 1.")] = Severity.stop,
) -> None:
    """Say what would break if models were averaged: one pass over the files, no GPU, no framework.

    The words give a verdict, stop, warn or ok, with what was found, in which tensor, and what to do. JSON lines hold a
    finding each, after a line with the verdict; CSV holds a row for each tensor of each pair.
    """
    from anet_lite.cli.view.document import write_document
    from anet_lite.cli.view.progress import meter
    from anet_lite.merge import compare

    try:
        with meter("comparing") as progress:
            found = compare(models, base or None, progress=progress)
        if plot:
            found.plot(plot)
    except OSError as error:
        refuse(f"{error.filename or ', '.join(models)}: {error.strerror or error}")
    except (ImportError, ValueError) as error:
        refuse(str(error))
    if as_json:
        write_document({**found.to_dict(), "findings": _findings(found, lang.value)})
    else:
        _show(found, form, lang.value)
    if found.verdict in _FAILS[fail_on]:
        raise typer.Exit(FAILED)


def _show(found: MergeReport, form: Format, lang: str) -> None:
    if form is Format.table:
        typer.echo(found.explain(lang))
    elif form is Format.csv:
        write(map(_row, found.to_dict()["tensors"]), form)
    else:
        for line in _lines(found, lang):
            typer.echo(json.dumps(line, ensure_ascii=False))


def _row(tensor: dict[str, object]) -> dict[str, Value]:
    """Return a tensor's measures as cells: lists become texts, and what cannot be told is left blank."""
    return {name: _cell(value) for name, value in tensor.items()}


def _cell(value: object) -> Value:
    if isinstance(value, list):
        return " ".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, (int, float)):
        return value
    return "" if value == "NaN" else str(value)


def _lines(found: MergeReport, lang: str) -> list[dict[str, object]]:
    """Return the verdict, and each finding with its sentence, a line each."""
    said = found.to_dict()
    verdict = {name: said[name] for name in ("verdict", "models", "pairs")}
    return [verdict, *_findings(found, lang)]


def _findings(found: MergeReport, lang: str) -> list[dict[str, object]]:
    pairs = zip(found.to_dict()["findings"], found.findings)
    return [{**said, "sentence": finding.explain(lang)} for said, finding in pairs]
