"""What `make lint` takes for scikit-learn where it is not installed: the two classes that are inherited from."""

from typing import Any

class BaseEstimator:
    def __sklearn_tags__(self) -> Any: ...

class OutlierMixin:
    def __sklearn_tags__(self) -> Any: ...
