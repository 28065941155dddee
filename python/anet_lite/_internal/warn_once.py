"""A warning that is given once and never ends a training run."""

from __future__ import annotations

import warnings


class WarnOnce:
    """Gives the first of its warnings, and passes over the others.

    Where warnings are made errors, a full disk would otherwise stop the training: the text goes to standard error then.

    Example:
        >>> import warnings
        >>> from anet_lite._internal.warn_once import WarnOnce
        >>> warn = WarnOnce()
        >>> with warnings.catch_warnings(record=True) as given:
        ...     warnings.simplefilter("always")
        ...     warn("the disk is full")
        ...     warn("the disk is still full")
        >>> [str(warning.message) for warning in given]
        ['the disk is full']

    """

    def __init__(self) -> None:
        self._given = False

    def __call__(self, text: str) -> None:
        """Give a RuntimeWarning that names the line four calls up, where the user called a public method."""
        if self._given:
            return
        self._given = True
        try:
            warnings.warn(text, RuntimeWarning, stacklevel=5)
        except RuntimeWarning:
            import sys

            print(text, file=sys.stderr)
