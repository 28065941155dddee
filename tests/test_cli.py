"""The command line as a whole: its help, its errors, and how it ends."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import pytest

import anet_lite
import command_line
from anet_lite.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import typer

LONG = ("trace", "--k-zeros", "200000", "--format", "csv")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")


def test_version() -> None:
    assert command_line.run("--version").stdout == f"anet-lite {anet_lite.__version__}\n"


@pytest.mark.parametrize("arguments", [(), ("demo",), ("trace",)])
def test_help_has_examples(arguments: tuple[str, ...]) -> None:
    done = command_line.run(*arguments, "--help")
    assert done.returncode == 0
    assert "Examples" in done.stdout


@posix
def test_bash_completes_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"COMP_WORDS": "anet-lite do", "COMP_CWORD": "1", "_ANET_LITE_COMPLETE": "complete_bash"}
    for name, value in asked.items():
        monkeypatch.setenv(name, value)
    assert command_line.run().stdout.split() == ["doctor"]


def test_help_lists_the_commands() -> None:
    listed = command_line.run("--help").stdout
    assert all(name in listed for name in ("demo", "trace"))


def commands(group: typer.Typer) -> Iterator[Callable[..., None]]:
    """The functions behind a group's commands, and behind those of its groups."""
    yield from (command.callback for command in group.registered_commands if command.callback)
    for inner in group.registered_groups:
        yield from commands(inner.typer_instance)


@pytest.mark.parametrize("command", list(commands(app)))
def test_options_are_types_that_python_3_9_has(command: Callable[..., None]) -> None:
    types = [getattr(hint, "__origin__", hint) for hint in command.__annotations__.values()]
    assert [hint for hint in types if isinstance(hint, str) or type(hint).__name__ == "UnionType"] == []


@pytest.mark.parametrize("library", ["typer", "rich"])
def test_without_its_libraries_the_command_names_the_extra(library: str) -> None:
    done = command_line.run("--version", before=f"import sys; sys.modules[{library!r}] = None")
    assert done.stderr == "The command anet-lite needs typer and rich: pip install 'anet-lite[cli]'\n"
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--scales", "64;256"), "64;256"),
        (("--scales", "0"), "scale"),
        (("--window", "3000"), "window"),
        (("--window", "0"), "window"),
        (("--dim", "0"), "dimension"),
        (("--k-zeros", "-1"), "K"),
        (("--format", "xml"), "xml"),
    ],
)
def test_impossible_option_is_named_without_a_traceback(arguments: tuple[str, ...], words: str) -> None:
    done = command_line.run("trace", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@posix
def test_closed_pipe_ends_quietly() -> None:
    with command_line.start(*LONG) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 128 + signal.SIGPIPE


@posix
def test_ctrl_c_ends_quietly() -> None:
    with command_line.start(*LONG) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert errors == ""
    assert process.returncode == 128 + signal.SIGINT
