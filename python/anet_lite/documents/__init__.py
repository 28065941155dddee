"""The JSON that commands and tools give: the types of its documents, and the schema of each.

``strict`` says how all of them are written. ``run`` holds what is said of a training run, ``streams`` of streams,
``checkpoint``, ``merge`` and ``tombstones`` of what their names say, ``doctor`` of an installation, ``written`` what
commands say that write a file, ``lines`` those of commands that print rows, and ``pages`` what only an agent is given.
``schemas`` holds a JSON Schema for each document that a command prints; ``tools/json_schemas.py`` makes them.
"""

from anet_lite.documents.schema import schema_names, schema_text

__all__ = ["schema_names", "schema_text"]
