"""The healthy recipes: what people really do, with what fools detectors."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, pi

STEPS = 1200


@dataclass(frozen=True)
class Recipe:
    """One way to train."""

    name: str
    task: str
    optimizer: str = "adam"
    rate: float = 3e-3
    schedule: str = "warm_cosine"
    batch: int = 32
    order: str = "epochs"  # epochs, replacement, unshuffled, full
    clip: float = 0.0
    decay: float = 0.0
    twist: str = ""  # batch_up, batch_down, curriculum, mix_shift, resume, bf16_log, accumulate, mixup
    options: dict[str, object] = field(default_factory=dict)

    def rate_at(self, step: int) -> float:
        """The learning rate of a step."""
        part = step / STEPS
        warm = min(1.0, (step + 1) / 60)
        shapes = {
            "constant": 1.0,
            "warm_constant": warm,
            "warm_cosine": warm * (0.02 + 0.49 * (1 + cos(pi * part))),
            "decays": 0.3 ** sum(part >= at for at in (0.5, 0.75)),
            "restarts": 0.05 + 0.475 * (1 + cos(pi * (step % 300) / 300)),
            "one_cycle": 0.1 + 0.9 * (part / 0.3 if part < 0.3 else (1 - part) / 0.7),
            "linear": warm * (1 - 0.95 * part),
        }
        return self.rate * shapes[self.schedule]


RECIPES = [
    Recipe("mlp_adam", "clusters"),
    Recipe("mlp_sgd", "clusters", "sgd", 0.1, "constant"),
    Recipe("mlp_momentum_decays", "clusters", "momentum", 0.03, "decays"),
    Recipe("mlp_restarts", "clusters", "momentum", 0.03, "restarts"),
    Recipe("mlp_one_cycle", "clusters", "adam", 6e-3, "one_cycle"),
    Recipe("mlp_unshuffled", "clusters", "adam", order="unshuffled"),
    Recipe("mlp_full_batch", "clusters", "adam", order="full", schedule="constant"),
    Recipe("mlp_batch_1", "clusters", "sgd", 0.01, "constant", batch=1, order="replacement"),
    Recipe("mlp_batch_4", "clusters", "adam", 1e-3, "linear", batch=4),
    Recipe("mlp_batch_up", "clusters", "adam", batch=16, twist="batch_up"),
    Recipe("mlp_batch_down", "clusters", "momentum", 0.02, batch=128, twist="batch_down"),
    Recipe("mlp_batch_norm", "clusters", "momentum", 0.05, options={"norm": "batch"}),
    Recipe("mlp_clipped", "clusters", "sgd", 0.3, clip=0.5),
    Recipe("mlp_clean_to_zero", "clusters", "adam", 5e-3, "constant", options={"noise": 0.0, "hidden": 96}),
    Recipe("mlp_decayed", "clusters", "adamw", decay=0.1),
    Recipe("mlp_bf16_log", "clusters", "adam", twist="bf16_log"),
    Recipe("mlp_resume", "clusters", "adam", twist="resume"),
    Recipe("mlp_mixup", "clusters", "adam", twist="mixup"),
    Recipe("mlp_mix_shift", "clusters", "adam", twist="mix_shift"),
    Recipe("mlp_curriculum", "clusters", "adam", twist="curriculum"),
    Recipe("hinge_to_zero", "separable", "sgd", 0.05, "constant"),
    Recipe("regression_adam", "teacher"),
    Recipe("regression_sgd", "teacher", "sgd", 0.1, "linear"),
    Recipe("regression_sign", "teacher", "sign", 2e-4, "warm_cosine"),
    Recipe("regression_rms", "teacher", "rms", 1e-3, "warm_constant"),
    Recipe("regression_tiny_loss", "teacher", "adam", options={"size": 1e-6}),
    Recipe("regression_layer_norm", "teacher", "adam", options={"norm": "layer"}),
    Recipe("regression_heavy_tail", "teacher", "adam", 1e-3, options={"tail": 1.6}, batch=16),
    Recipe("regression_accumulated", "teacher", "adam", twist="accumulate", batch=8),
    Recipe("density_adam", "density", "adam", clip=1.0),
    Recipe("density_momentum", "density", "momentum", 0.01, "warm_constant", clip=1.0),
    Recipe("autoencoder_adam", "autoencoder"),
    Recipe("autoencoder_restarts", "autoencoder", "adam", 2e-3, "restarts"),
    Recipe("conv_adam", "images"),
    Recipe("conv_momentum", "images", "momentum", 0.05, "decays"),
    Recipe("language_adam", "language", batch=16),
    Recipe("language_adamw_clip", "language", "adamw", 2e-3, clip=1.0, decay=0.05, batch=16),
    Recipe("language_one_cycle", "language", "adam", 4e-3, "one_cycle", batch=8),
    Recipe("gru_adam", "sequence", clip=1.0),
    Recipe("gru_rms", "sequence", "rms", 1e-3, "linear"),
    Recipe("adversarial", "adversary", "adam", 1e-3, "constant", batch=64),
    Recipe("q_learning", "q_learning", "adam", 1e-3, "constant"),
]

#: Rows in which a recipe changes under way, as its user knows beforehand.
CHANGES = {
    "mlp_batch_up": (660,),
    "mlp_batch_down": (660,),
    "mlp_curriculum": (400, 800),
    "mlp_mix_shift": (600,),
}

#: Recipes that nothing was tuned on: every third, and the two that are unlike all others.
HELD_OUT = {recipe.name for at, recipe in enumerate(RECIPES) if at % 3 == 2} | {"adversarial", "q_learning"}
