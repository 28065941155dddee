"""A warning that never ends a training run."""

from __future__ import annotations

import warnings


def warn(text: str) -> None:
    """Warn; where warnings are made errors, a full disk would else stop the training."""
    try:
        warnings.warn(text, RuntimeWarning, stacklevel=5)
    except RuntimeWarning:
        import sys

        print(text, file=sys.stderr)
