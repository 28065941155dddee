"""The recipes of the second zoo: some of the first, transformers with much and little text, and policy gradients."""

from __future__ import annotations

from failure_zoo import recipes
from failure_zoo.recipes import Recipe

#: Of the first zoo, each third as there held out: the last three.
OLD = (
    "mlp_adam", "regression_sgd", "conv_adam", "autoencoder_adam",
    "mlp_momentum_decays", "language_adam", "gru_adam",
)  # fmt: skip

#: A loss of reinforcement learning is no progress: what breaks shows in the reward, the divergence or the entropy.
POLICIES = [
    Recipe("grpo_letters", "letters", "adam", 3e-3, "warm_constant", 16, "replacement", options={"contexts": 16}),
    Recipe(
        "grpo_enough", "letters", "adam", 3e-3, "linear", 16, "replacement", 1.0, options={"contexts": 8, "enough": 2}
    ),
]

RECIPES = [
    *(recipe for recipe in recipes.RECIPES if recipe.name in OLD),
    Recipe("text_plenty", "text", "adamw", 3e-3, batch=16, clip=1.0, decay=0.01, options={"texts": 1024}),
    Recipe("text_by_heart", "text", "adam", 3e-3, batch=16, options={"texts": 48}),
    *POLICIES,
]
HELD_OUT = recipes.HELD_OUT
