"""The site: the repository's pages as they are on GitHub, the README as its home, a reference of the docstrings.

Its source folder is the repository, so that a link means the same here and on GitHub: ``make docs``.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import pandas  # noqa: E402, F401 - before pyarrow is a mock: it asks for its version

from anet_lite import __version__  # noqa: E402

project = "anet-lite"
author = "the authors of anet-lite"
release = __version__
root_doc = "README"
include_patterns = ["*.md", "docs/**.md", "benches/**.md"]
exclude_patterns = ["docs/contents.md"]  # the README ends with it

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "site_pages.command",
    "site_pages.documents",
    "site_pages.gallery",
    "site_pages.home",
    "site_pages.language",
    "site_pages.repository_links",
    "site_pages.stub_signatures",
]
suppress_warnings = [
    "myst.header",  # a page may begin with a picture, a table with a heading of the third level
]

myst_enable_extensions = ["alert", "colon_fence"]
myst_heading_anchors = 4  # as GitHub names them
nb_execution_mode = "cache"
nb_execution_cache_path = str(ROOT / "target" / "notebooks")
nb_execution_timeout = 120
nb_execution_raise_on_error = True

autodoc_default_options = {"members": True, "inherited-members": False}
autodoc_member_order = "bysource"
autodoc_mock_imports = [  # the frameworks, which `make docs` does not install
    *("accelerate", "apprise", "jax", "keras", "lightning", "mlflow", "opentelemetry", "optax", "prometheus_client"),
    *("pyarrow", "pyod", "pyspark", "river", "safetensors", "sklearn", "stable_baselines3", "tensorboard"),
    *("torch", "torchtitan", "transformers", "ultralytics", "wandb"),
]
autodoc_typehints = "signature"
napoleon_use_ivar = True
# Types of Python, NumPy and the frameworks have their pages elsewhere, and a build asks no other site.
nitpick_ignore_regex = [
    ("py:.*", r"(?!anet_lite|rh_sparse_anomaly).*"),
    ("py:class", r"anet_lite\..*\.(F|Stateful|Stream|AlteredError)"),  # in signatures; no user makes one
]

html_theme = "furo"
html_title = "anet-lite"
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_theme_options = {"source_repository": "https://github.com/Risa-Sawamura/anet-lite/", "source_branch": "main"}
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
templates_path = ["templates"]
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
copybutton_exclude = ".linenos, .gp, .go"
