"""What is said of models that are to be averaged."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict

from anet_lite.documents.strict import Number, Severity, strict


@strict
class FindingDocument(TypedDict):
    """One thing that was found."""

    code: str
    """What it is, such as permuted; the page on merging lists all."""
    severity: Severity
    models: list[str]
    """The models that it is about, by their letters."""
    tensors: list[str]
    evidence: dict[str, Any]
    """The numbers and texts behind it; which, depends on the code."""
    sentence: str
    """What it is, and what to do."""


@strict
class PairDocument(TypedDict):
    """Measures of two models over all tensors; NaN where one needs a base, or cannot be told."""

    models: list[str]
    distance: Number
    change_cosine: Number
    ratio: Number
    balanced_alpha: Number
    conflict: Number
    rounding: Number


@strict
class TensorDocument(TypedDict):
    """The same of one tensor."""

    models: list[str]
    tensor: str
    shape: list[int]
    dtypes: list[str]
    cosine: Number
    distance: Number
    norm_ratio: Number
    change_cosine: Number
    change_ratio: Number
    conflict: Number
    rounding: Number
    other_rows: int
    """Rows of the second model that match another row of the first."""


@strict
class MergeDocument(TypedDict):
    """What ``anet-lite merge-check --json`` prints."""

    verdict: Severity
    models: dict[str, str]
    """The path of each model by its letter, and of the base."""
    findings: list[FindingDocument]
    """The worst first."""
    pairs: list[PairDocument]
    tensors: list[TensorDocument]
