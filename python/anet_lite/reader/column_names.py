"""Names of columns in use for each signal, with what writes them: the one table of them."""

from __future__ import annotations

KNOWN: dict[str, tuple[str, ...]] = {
    "loss": (
        "loss",  # ours, Transformers, nanoGPT, mmdetection, fairseq, Keras
        "train_loss",  # Transformers at its end, Lightning, loops by hand
        "training_loss",
        "loss_train",
        "total_loss",  # detectron2
        "loss_step",  # Lightning
        "train_loss_step",
        "lm_loss",  # Megatron-LM
        "global_avg_loss",  # torchtitan, behind loss_metrics/
        "crossentropyloss",  # OLMo, behind train/
        "cross_entropy_loss",
        "pg_loss",  # veRL, behind actor/
        "policy_loss",  # Stable-Baselines3, behind train/
        "mean_loss",
        "avg_loss",
    ),
    "grad_norm": (
        "grad_norm",  # ours, Transformers, mmdetection, torchtitan
        "gradient_norm",
        "gradnorm",
        "global_grad_norm",
        "grad_norm_total",  # Lightning
        "total_grad_norm",  # OLMo
        "gnorm",  # fairseq
    ),
    "step_norm": ("step_norm", "update_norm", "param_update_norm"),
    "noise": ("noise", "grad_noise", "gradient_noise"),
    "lr": (
        "lr",  # ours, mmdetection, fairseq, Keras
        "learning_rate",  # Transformers, Megatron-LM
        "lr_0",
        "learning_rate_0",  # Optimizers with groups
        "current_learning_rate",
        "lr_adamw",  # Lightning's LearningRateMonitor: lr- and the optimizer's name
        "lr_adam",
        "lr_sgd",
    ),
    "step": (
        "step",  # ours, Transformers, TensorBoard
        "global_step",  # Transformers
        "_step",  # Weights & Biases
        "trainer_global_step",  # Lightning
        "iteration",  # Megatron-LM, detectron2
        "iter",  # nanoGPT, mmdetection
        "training_iteration",  # Ray
        "num_updates",  # fairseq
        "current_steps",  # LLaMA-Factory
        "total_timesteps",  # Stable-Baselines3, behind time/
    ),
}
"""The likeliest first, in lower case and with every other sign as ``_``."""

SCALAR_EXPORT = ("wall_time", "step", "value")
"""The columns of one scalar as TensorBoard exports it to CSV."""
