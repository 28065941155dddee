"""Detects, records and explains the moment a model or a stream starts to fail."""

from anet_lite._native import AnetError, __version__

__all__ = ["AnetError", "__version__"]
