"""Settings of frameworks that must stand before the first of them is imported; a real browser for the tests of pages.

TensorFlow and torch in one process can end it, since both bring LLVM: what runs here does without TensorFlow, whose
tests are processes of their own. Ultralytics reads its settings when it is imported, and asks no network.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Playwright

absent: Any = None
sys.modules.setdefault("tensorflow", absent)
os.environ.setdefault("YOLO_OFFLINE", "true")
os.environ.setdefault("YOLO_CONFIG_DIR", tempfile.mkdtemp())

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("needs Chromium or Chrome on the path: apt-get install chromium")
    with playwright.chromium.launch(executable_path=found, args=["--no-sandbox"]) as launched:
        yield launched
