"""The directive ``document-schemas``: the JSON Schema of each document, under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from anet_lite.documents import schema_names, schema_text

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class DocumentSchemas(SphinxDirective):
    """A section for each schema."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        return [self._section(name) for name in schema_names()]

    def _section(self, name: str) -> nodes.section:
        section = nodes.section("", nodes.title("", name), ids=[f"schema-{name}"], names=[name])
        section += nodes.literal_block(text := schema_text(name).strip(), text, language="json")
        return section


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("document-schemas", DocumentSchemas)
    return {"parallel_read_safe": True}
