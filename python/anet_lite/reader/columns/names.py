"""Names of columns in use for each signal, with what writes them: the one table of them."""

from __future__ import annotations

KNOWN: dict[str, tuple[str, ...]] = {
    "loss": (
        "loss",  # ours, Transformers, nanoGPT, mmdetection, fairseq, Keras, torchtitan, ESPnet, Swin, MaxText
        "train_loss",  # Transformers at its end, Lightning, modded-nanogpt, nnU-Net, fastai, loops by hand
        "training_loss",
        "loss_train",  # litgpt
        "loss_training",
        "trainloss",
        "tr_loss",
        "trn_loss",
        "total_loss",  # detectron2, YOLOX
        "loss_total",  # DETR and what follows it
        "train_total_loss",
        "total_train_loss",
        "train_loss_total",
        "train_loss_train_total",  # Composer
        "loss_sum",
        "overall_loss",
        "loss_step",  # Lightning
        "train_loss_step",
        "step_loss",  # diffusers
        "batch_loss",  # JoeyNMT
        "train_batch_loss",
        "loss_epoch",
        "train_loss_epoch",
        "epoch_loss",  # Keras' TensorBoard callback
        "reduced_train_loss",  # NeMo
        "lm_loss",  # Megatron-LM, GPT-NeoX
        "global_avg_loss",  # torchtitan, behind loss_metrics/
        "crossentropyloss",  # OLMo, behind train/
        "cross_entropy_loss",
        "ce_loss",  # OLMo-core, behind train/
        "nll_loss",
        "pg_loss",  # veRL, behind actor/
        "policy_loss",  # Stable-Baselines3, behind train/
        "mean_loss",
        "avg_loss",  # Darknet
        "avr_loss",  # kohya's sd-scripts
        "average_loss",
        "train_avg_loss",
        "avg_train_loss",
        "average_train_loss",
        "mean_train_loss",
        "running_loss",
        "loss_avg",
        "trl",  # llm.c
    ),
    "grad_norm": (
        "grad_norm",  # ours, Transformers, mmdetection, torchtitan, Megatron-LM, Swin
        "gradient_norm",
        "gradnorm",
        "global_grad_norm",  # DeepSpeed
        "grad_norm_total",  # Lightning
        "total_grad_norm",  # OLMo
        "grad_2_0_norm_total",  # Lightning's grad_norm
        "gnorm",  # fairseq
        "g_norm",  # Marian
        "grad_norm_avg",
        "mean_grad_norm",
        "average_grad_norm",
        "norm",  # llm.c
    ),
    "step_norm": ("step_norm", "update_norm", "param_update_norm"),
    "noise": ("noise", "grad_noise", "gradient_noise"),
    "lr": (
        "lr",  # ours, mmdetection, fairseq, Keras, Swin
        "learning_rate",  # Transformers, Megatron-LM, Stable-Baselines3
        "learningrate",
        "lr_0",
        "learning_rate_0",  # Optimizers with groups
        "lr_pg0",  # Ultralytics
        "lr0",
        "x_lr0",  # YOLOv5, behind x/
        "optim0_lr0",  # ESPnet
        "current_learning_rate",  # nnU-Net
        "current_lr",
        "cur_lr",
        "base_lr",  # mmengine
        "lr_adamw",  # Lightning's LearningRateMonitor: lr- and the optimizer's name
        "lr_adam",
        "lr_sgd",
        "lr_adamw_pg1",
        "lr_default_0",  # NeMo
        "epoch_learning_rate",  # Keras' TensorBoard callback
        "train_lr",  # MAE, DeiT
    ),
    "step": (
        "step",  # ours, Transformers, TensorBoard
        "global_step",  # Transformers, NeMo, PaddleOCR
        "_step",  # Weights & Biases
        "trainer_global_step",  # Lightning
        "iteration",  # Megatron-LM, detectron2
        "iter",  # nanoGPT, mmdetection
        "training_iteration",  # Ray
        "num_updates",  # fairseq
        "current_steps",  # LLaMA-Factory
        "total_timesteps",  # Stable-Baselines3, behind time/
        "steps",
        "train_step",
        "training_step",
        "global_steps",
        "iters",
        "up",  # Marian
        "s",  # llm.c
        "it",
        "batch",  # loops by hand, MXNet
        "batch_idx",
        "batch_id",
    ),
}
"""The likeliest first, in lower case and with every other sign as ``_``."""

WITHOUT_THE_WORD = (
    "cost",  # Marian
    "xent",  # OpenNMT
    "cross_entropy",
    "crossentropy",
    "nll",
    "bce",
    "mse",
    "train_mse",
    "learn",  # CatBoost
    *(
        f"{data}_{loss}"
        for data in ("train", "training_s", "validation_0")
        for loss in (
            "rmse",
            "logloss",
            "mlogloss",
            "binary_logloss",
            "multi_logloss",
            "l2",
            "l1",
            "mae",
            "error",
            "merror",
            "huber",
        )
    ),  # XGBoost, LightGBM; what XGBoost's wrapper calls validation_0 is the data it was given first
    "train",  # build-nanogpt
)
"""Names of losses that are looked for where nothing is called a loss."""

SUMMED = frozenset(
    f"{part}_loss" for part in ("box", "obj", "cls", "dfl", "seg", "sem", "pose", "kobj", "rle", "giou", "l1", "angle")
)
"""Parts that Ultralytics' trainers log, already weighted: their sum is the loss that is trained on."""
SUM_HAS = ("box_loss", "giou_loss")
"""One of which is among the parts."""

NO_LOSS = (
    r"(^|_)(loss_(scale|scaler|mult|weight|coef|ratio|type|fn|diff)|best|lowest|min|max|prev|previous|last|final)(_|$)"
)
"""Names with ``loss`` in them that are none, or not that of the step."""

SCALAR_EXPORT = ("wall_time", "step", "value")
"""The columns of one scalar as TensorBoard exports it to CSV."""
