"""``anet-lite doctor``: what is installed, and whether it fits."""

from __future__ import annotations

import typer

from anet_lite._internal.one_line import one_line
from anet_lite.cli.options.exit_status import FAILED
from anet_lite.cli.options.options import AsJson, Lang, Language

EXAMPLES = """Examples:

- `anet-lite doctor`
- `anet-lite doctor --json > doctor.json`
"""


def doctor(as_json: AsJson = False, lang: Lang = Language.en) -> None:
    """Tell what is installed, in which versions, what is missing, and what to do about it.

    Looks at Python, the compiled core and the instructions that it uses, every package of an extra beside the versions
    that were tested, and Java for Spark. Nothing is imported or sent.

    Exit status: 1 where something that is installed does not fit.
    """
    from anet_lite.cli.view.document import write_document
    from anet_lite.doctor import check_up
    from anet_lite.doctor.words import problem_sentences, sentences

    found = check_up()
    said, problems = sentences(found, lang.value), problem_sentences(found, lang.value)
    if as_json:
        write_document({**found.to_dict(), "problems": problems, "sentences": said})
    else:
        for line in said:
            typer.echo(one_line(line))
    if problems:
        raise typer.Exit(FAILED)
