"""The directive ``command-help``: what each command says of itself when it is asked for help, under its name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click
import typer
from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from typer.testing import CliRunner

from anet_lite.cli.app import app as command_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

PLAIN = {"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1", "TERM": "dumb"}


def commands() -> Iterator[list[str]]:
    """Each command and each command of a group, in the order of ``anet-lite --help``."""
    for name, command in typer.main.get_command(command_line).commands.items():
        yield [name]
        yield from ([name, below] for below in getattr(command, "commands", {}))


def help_of(words: list[str]) -> str:
    """Return what a command answers to ``--help``."""
    answer = CliRunner(env=PLAIN).invoke(command_line, [*words, "--help"], prog_name="anet-lite")
    return click.unstyle(answer.output).strip()


class CommandHelp(SphinxDirective):
    """A section for each command."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        return [self._section(words) for words in commands()]

    def _section(self, words: list[str]) -> nodes.section:
        name = " ".join(words)
        section = nodes.section("", nodes.title("", name), ids=["-".join(words)], names=[name])
        section += nodes.literal_block(text := help_of(words), text, language="text")
        return section


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    os.environ.update(PLAIN)  # rich asks for the width when it is imported
    app.add_directive("command-help", CommandHelp)
    return {"parallel_read_safe": True}
