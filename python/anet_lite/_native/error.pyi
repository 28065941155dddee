"""The errors that both packages raise."""

class AnetError(Exception):
    """Base class of every error that anet_lite and rh_sparse_anomaly raise."""

class AnetValueError(AnetError, ValueError):
    """An argument of the right type whose value cannot be used."""

class AnetTypeError(AnetError, TypeError):
    """An argument of the wrong type."""
