"""Causes in the pairs of chosen and rejected that a model is trained on."""

from anet_lite.diagnosis.causes.cause import Cause, Clause

PREFERENCES = (
    Cause(
        "preferences_reversed",
        {"rewards_margins_falls": 3, "rewards_accuracies_falls": 3, "margin_falls": 3, "negative_margin": 6},
        (
            "chosen and rejected are swapped, or preferences changed",
            "chosen and rejected are told apart less than before",
            "print a few pairs; check which is which, and where the data changed",
        ),
        (
            "chosenとrejectedの取り違え、または選好の変化",
            "chosenとrejectedの区別が以前より弱い",
            "ペアをいくつか表示し、どちらがどちらか、データが変わった箇所を確認",
        ),
        (Clause("negative_margin", "; the model prefers what is rejected", "。モデルはrejectedの側を好んでいる"),),
    ),
    Cause(
        "no_preference",
        {"no_margin": 12, "rewards_margins_falls": 1, "rewards_accuracies_falls": 1},
        (
            "chosen and rejected are the same",
            "the margin between them is exactly 0",
            "print a few pairs as the model gets them, after they are cut to length",
        ),
        (
            "chosenとrejectedが同じ",
            "両者の差がちょうど0",
            "長さで切られたあとの、モデルに渡るペアをいくつか表示",
        ),
    ),
)
"""In the order of the table."""
