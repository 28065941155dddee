"""Writes the JSON Schema of each document that a command prints; with --check it says which are not current.

Needs pydantic. Run it after a type of anet_lite.documents has changed: `python tools/json_schemas.py`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from anet_lite import documents
from anet_lite.documents.checkpoint import CheckDocument
from anet_lite.documents.doctor import DoctorDocument
from anet_lite.documents.lines import RecordLine, TraceLine, ZerosLine
from anet_lite.documents.merge import MergeDocument
from anet_lite.documents.run import DemoDocument, ReplayDocument, RunEventDocument
from anet_lite.documents.streams import DetectDocument, StreamEventDocument
from anet_lite.documents.tombstones import VerifyDocument
from anet_lite.documents.written import WrittenDocument

FOLDER = Path(documents.__file__).parent / "schemas"
DOCUMENTS: dict[str, Any] = {
    "check": CheckDocument,
    "demo": DemoDocument,
    "detect": DetectDocument,
    "doctor": DoctorDocument,
    "merge-check": MergeDocument,
    "record": RecordLine,
    "replay": ReplayDocument,
    "run-event": RunEventDocument,
    "stream-event": StreamEventDocument,
    "tombstones-verify": VerifyDocument,
    "trace": TraceLine,
    "written": WrittenDocument,
    "zeros": ZerosLine,
}


class Untitled(GenerateJsonSchema):
    """Leaves out titles that only repeat the names of fields."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        """Return False for every field."""
        return False


def text_of(name: str) -> str:
    """Return the schema of a document as it is shipped."""
    schema = TypeAdapter(DOCUMENTS[name]).json_schema(schema_generator=Untitled)
    head = {"$schema": GenerateJsonSchema.schema_dialect, "title": name}
    return json.dumps({**head, **schema, "title": name}, indent=2).replace("``", "`") + "\n"


def main(check: bool) -> int:
    """Write all schemas, or return 1 where one on the disk is another."""
    old = [name for name in DOCUMENTS if not _is_current(name)]
    if check:
        print(f"Not current: {', '.join(old)}" if old else "All schemas are current")
        return int(bool(old))
    for name in old:
        (FOLDER / f"{name}.json").write_text(text_of(name), encoding="utf-8")
        print(f"Written: {name}.json")
    return 0


def _is_current(name: str) -> bool:
    path = FOLDER / f"{name}.json"
    return path.exists() and path.read_text(encoding="utf-8") == text_of(name)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
