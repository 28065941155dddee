"""The one folder that a server may look into. Paths that lead out of it are refused, whatever they are made of."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from anet_lite._internal.one_line import one_line
from anet_lite._internal.optional_import import need
from anet_lite._native import AnetValueError

if TYPE_CHECKING:
    from collections.abc import Generator

_MOST = 20_000
"""Folders that are searched for links; one with more of them is refused."""


class Folder:
    """A folder, by its real path.

    Args:
        path: The folder.

    Raises:
        ValueError: It is none.

    """

    def __init__(self, path: str) -> None:
        self.path: str = os.path.realpath(path)
        if not os.path.isdir(self.path):
            raise AnetValueError(f"root must be a folder, got {path!r:.200}")

    @contextmanager
    def reading(self, argument: str, name: str) -> Generator[str, None, None]:
        """Give the real path of what an argument names, and turn what goes wrong with it into an answer.

        Raises:
            ToolError: The path leads out, it holds a link that does, or it cannot be read. The text names the argument.

        """
        with self.telling(argument):
            yield self.inside(name)

    @contextmanager
    def telling(self, argument: str) -> Generator[None, None, None]:
        """Turn what goes wrong with an argument into an answer that names it, without paths above the folder."""
        try:
            yield
        except OSError as error:
            where = f"{self.relative(error.filename)}: " if isinstance(error.filename, str) else ""
            raise self._refused(f"{argument}: {where}{error.strerror or error}") from None
        except (ImportError, ValueError, TypeError) as error:
            raise self._refused(f"{argument}: {error}") from None

    def below(self, name: str) -> str:
        """Return the real path of a folder below the folder.

        Raises:
            ValueError: It leads out, or is none.

        """
        found = os.path.realpath(os.path.join(self.path, name)) if "\0" not in name else ""
        if not self.holds(found) or not os.path.isdir(found):
            raise AnetValueError(f"{name!r:.200} is no folder below the root")
        return found

    def without(self, text: str) -> str:
        """Return a text in which paths begin at the folder: where it lies is nobody's business."""
        above = self.path.rstrip(os.sep)  # "" for the root of all, of which nothing is hidden
        # Of another path, such as an address in a store, the name of the folder may be a part.
        return re.sub(rf"(?<![\w/.-]){re.escape(above)}(/|(?!\w))", _from_here, text) if above else text

    def inside(self, name: str) -> str:
        """Return the real path of a name below the folder.

        Raises:
            ValueError: It leads out of the folder, is hidden, or is a folder with a link that leads out.

        """
        if "\0" in name:
            raise AnetValueError(f"{name!r:.200} is no path")
        found = os.path.realpath(os.path.join(self.path, name))
        # A reader takes the lines beside a Parquet file for it while that is being written.
        for path in (found, f"{found}.jsonl"):
            if not self.holds(path):
                raise AnetValueError(f"{name!r:.200} leads out of the folder that this server may read")
        if any(part.startswith(".") for part in self.relative(found).split(os.sep) if part != "."):
            raise AnetValueError(f"{name!r:.200} is hidden, and hidden files are not read")
        if os.path.isdir(found):
            self._refuse_links(found, name)
        return found

    def holds(self, path: str) -> bool:
        """Whether a path is the folder or lies in it, after every link is followed."""
        real = os.path.realpath(path)
        return real == self.path or real.startswith(os.path.join(self.path, ""))

    def relative(self, path: str) -> str:
        """Return a path as it is below the folder."""
        return os.path.relpath(path, self.path) if self.holds(path) else os.path.basename(path)

    def _refuse_links(self, folder: str, name: str) -> None:
        for number, (place, folders, files) in enumerate(os.walk(folder)):
            if number == _MOST:
                raise AnetValueError(f"{name!r:.200} holds more than {_MOST:,} folders; name one of them")
            for entry in (*folders, *files):
                path = os.path.join(place, entry)
                if os.path.islink(path) and not self.holds(path):
                    raise AnetValueError(
                        f"{name!r:.200} holds the link {entry!r:.200}, which leads out of the folder that this server "
                        "may read; name a file"
                    )

    def _refused(self, text: str) -> Exception:
        error: type[Exception] = need("mcp.server.mcpserver.exceptions", "mcp").ToolError
        return error(one_line(self.without(text)))


def _from_here(found: re.Match[str]) -> str:
    return "" if found[1] else "."
