"""Who writes a run over the network, and how much of what was sent the file has."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field


@dataclass
class Claim:
    """The spool whose bytes the file of a run ends with.

    The file itself says how much of the spool it has: its size less ``start``. A line and the knowledge that it is
    there are therefore one write, and no kill can part them.
    """

    spool: str = ""
    """The name of the spool; "" before the first."""
    start: int = 0
    """Where in the file its byte 0 stands, or would stand."""
    is_over: bool = True
    """Whether its writer has left."""
    earlier: dict[str, int] = field(default_factory=dict[str, int])
    """How much of other spools the file has."""

    def give_to(self, spool: str, size: int) -> None:
        """Let the file go on with another spool, from its present end on."""
        if self.spool:
            self.earlier[self.spool] = size - self.start
        self.spool, self.start = spool, size - self.earlier.pop(spool, 0)

    def save(self, path: str) -> None:
        """Write it, whole or not at all.

        Raises:
            OSError: It cannot be written.

        """
        new = f"{path}.new"
        with open(new, "w", encoding="utf-8") as file:
            json.dump(asdict(self), file)
        os.replace(new, path)


def claim_path(run: str) -> str:
    """Return where the claim of a file stands: beside it, hidden."""
    folder, name = os.path.split(run)
    return os.path.join(folder, f".{name}.claim")


def load_claim(path: str) -> Claim | None:
    """Return the claim that was saved; None where there is none."""
    with suppress(OSError, ValueError, TypeError), open(path, encoding="utf-8") as file:
        return Claim(**json.load(file))
    return None
