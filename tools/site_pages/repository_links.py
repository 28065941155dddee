"""A link to a file or folder of the repository that is no page of the site leads to GitHub."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class RepositoryLinks(SphinxTransform):
    """Runs before Sphinx would copy the linked files into the site."""

    default_priority = 5

    def apply(self, **_: Any) -> None:
        """Replace each link to a file that is no page."""
        for link in list(self.document.findall(addnodes.download_reference)):
            self._lead_to_github(link, link["reftarget"])
        for link in list(self.document.findall(addnodes.pending_xref)):
            if link.get("reftype") == "myst":
                self._lead_to_github(link, link["reftarget"])

    def _lead_to_github(self, link: nodes.Element, target: str) -> None:
        root = Path(self.env.srcdir)
        path = (root / self.env.docname).parent.joinpath(target).resolve()
        if not path.exists() or not path.is_relative_to(root) or self.env.path2doc(str(path)) in self.env.found_docs:
            return
        kind = "tree" if path.is_dir() else "blob"
        address = f"{self.config.html_theme_options['source_repository']}{kind}/main/{path.relative_to(root)}"
        link.replace_self(nodes.reference("", "", *link.children, refuri=address))


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the transform."""
    app.add_transform(RepositoryLinks)
    return {"parallel_read_safe": True}
