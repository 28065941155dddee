"""The command ``anet-lite``, also ``python -m anet_lite``."""

from __future__ import annotations

import sys

_NEEDED = ("rich", "typer")


def main() -> None:
    """Run the command, or say which extra brings it where its libraries are missing."""
    try:
        from anet_lite.cli.app import run
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in _NEEDED:
            raise
        sys.exit("The command anet-lite needs typer and rich: pip install 'anet-lite[cli]'")
    run()


if __name__ == "__main__":
    main()
