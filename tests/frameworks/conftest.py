"""Settings of frameworks that must stand before the first of them is imported.

TensorFlow and torch in one process can end it, since both bring LLVM: what runs here does without TensorFlow, whose
tests are processes of their own. Ultralytics reads its settings when it is imported, and asks no network.
"""

import os
import sys
import tempfile
from typing import Any

absent: Any = None
sys.modules.setdefault("tensorflow", absent)
os.environ.setdefault("YOLO_OFFLINE", "true")
os.environ.setdefault("YOLO_CONFIG_DIR", tempfile.mkdtemp())
