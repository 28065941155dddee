"""A bar for long work: on a terminal, never in a pipe, and gone when the work is done."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Callable, TypeVar

from rich.console import Console
from rich.progress import Progress, track

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from anet_lite.cli.view.output import Format

T = TypeVar("T")


def bar(work: Iterable[T], total: int, description: str, form: Format) -> Iterator[T]:
    """Pass the items of ``work`` on, with a bar on standard error where somebody is there to see it."""
    console = Console(stderr=True)
    hidden = not console.is_terminal or _into_pipe() or _rows_on_screen(form)
    yield from track(work, description, total, console=console, transient=True, disable=hidden)


@contextmanager
def meter(description: str) -> Generator[Callable[[float], None], None, None]:
    """Give a function that takes the part that is done, 0 to 1, and shows it where somebody is there to see it."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(description, total=1.0)
        yield lambda part: progress.update(task, completed=part)


def _into_pipe() -> bool:
    return stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)


def _rows_on_screen(form: Format) -> bool:
    """Rows that scroll by are progress enough, and a bar would stand between them."""
    return sys.stdout.isatty() and form.value != "table"
