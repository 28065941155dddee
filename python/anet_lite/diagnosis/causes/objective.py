"""Causes in what is trained for, or measured: the loss itself, the targets, the evaluation."""

from anet_lite.diagnosis.causes.cause import NO_RISE, Cause

OBJECTIVE = (
    Cause(
        "stale_value",
        {"frozen_loss": 5, "frozen_grad": 1, "frozen_step": -3, "zero_loss": -8, "chance_level": -8, "zero_grad": -8},
        ("a stale value is logged", "the same value comes again and again", "log from the step itself"),
        ("古い値を記録している", "同じ値が繰り返される", "そのステップの値を記録する"),
    ),
    Cause(
        "chance_level",
        {"chance_level": 8},
        (
            "the model only guesses",
            "the loss stands still where all classes are equally likely",
            "check that the inputs reach the model and that its last layer gets a gradient",
        ),
        (
            "モデルは当て推量しかしていない",
            "lossが全クラス等確率の値で止まっている",
            "入力がモデルに届いているか、最終層に勾配が来ているかを確認",
        ),
    ),
    Cause(
        "targets_gone",
        {"zero_loss": 6, "collapse": 3, "loss_negative": -4, "fade_grad": 1, "overshot": 1.5, "near_zero": 1},
        (
            "the targets are gone: masked, or all the same",
            "the loss falls to nothing at once",
            "print a batch of targets and count those that are not masked",
        ),
        (
            "正解ラベルが失われた(全部マスク、または全部同じ)",
            "lossが一気に消えた",
            "ラベルを1バッチ表示し、マスクされていない数を数える",
        ),
    ),
    Cause(
        "target_leak",
        {"collapse": 3.5, "loss_negative": -4, "overshot": 1, "noise_fall": -1},
        (
            "the target leaks into the input",
            "the loss falls faster than this run ever learned",
            "check the shift between inputs and targets, and the mask",
        ),
        ("正解が入力に漏れている", "これまでの学習より速くlossが下がった", "入力とラベルのずれ、マスクを確認"),
    ),
    Cause(
        "flipped_sign",
        {"loss_negative": 8, "collapse": 2},
        (
            "the sign of the loss is flipped",
            "it was positive, and falls without end below 0",
            "check the sign of the loss, and whatever is subtracted from it",
        ),
        ("lossの符号が反転している", "正だったlossが0を割って下がり続ける", "lossの符号と、lossから引いている項を確認"),
    ),
    Cause(
        "loss_rescaled",
        {"rescaled": 7},
        (
            "the loss was rescaled",
            "loss and gradient changed by one factor in one step, and the rate did not",
            "check the reduction, the number of accumulated batches, and the loss weights; announce it by note()",
        ),
        (
            "lossの尺度が変わった",
            "学習率は同じまま、lossと勾配が1ステップで同じ倍率だけ変化",
            "reduction・勾配累積の回数・lossの重みを確認。意図的ならnote()で宣言",
        ),
    ),
    Cause(
        "overfitting",
        {"overfit": 8, "eval_loss_rises": 4, "val_loss_rises": 4, "eval_accuracy_falls": 3},
        (
            "the model overfits",
            "the evaluation loss has risen from its best and stays up",
            "go back to the best checkpoint; stop earlier, or add data or regularisation",
        ),
        (
            "過学習",
            "評価lossが最良値から上がったまま戻らない",
            "最良のチェックポイントに戻る。早めに止めるか、データや正則化を増やす",
        ),
    ),
    Cause(
        "evaluation_broken",
        {"signal_nonfinite": 5},
        (
            "what is measured beside the loss is broken",
            "it is not finite",
            "look at an empty evaluation set, a division by 0, a metric of one class",
        ),
        ("loss以外の測定が壊れている", "有限でない値", "空の評価セット、0除算、1クラスだけの指標を確認"),
    ),
    Cause(
        "tensors_spoiled",
        {"nonfinite_tensors_nonzero": 9},
        (
            "a buffer or a copy of the model is spoiled",
            "a tensor that no gradient trains is not finite",
            "go back to the last good checkpoint, and look at the batch before",
        ),
        (
            "バッファまたはモデルの複製の破損",
            "勾配で学習しないテンソルが有限でない",
            "最後の正常なチェックポイントに戻り、直前のバッチを確認",
        ),
    ),
    Cause(
        "ranks_apart",
        {"ranks_out_of_sync_nonzero": 9},
        (
            "the copies of the model have drifted apart",
            "parameters that must be equal differ between ranks",
            "look at seeds, at parameters changed outside of the step, at a rank that skipped one; start again from a "
            "checkpoint on all ranks",
        ),
        (
            "モデルの複製のずれ",
            "等しいはずのパラメータがランク間で違う",
            "乱数の種、ステップ外での変更、ステップを飛ばしたランクを確認し、全ランクでチェックポイントからやり直す",
        ),
    ),
    Cause(
        "experts_unbalanced",
        {"aux_loss_rises": 6},
        (
            "few experts get most tokens",
            "the loss of their balance rises",
            "look at tokens by expert; raise the weight of that loss, or lower the rate",
        ),
        (
            "一部のエキスパートへのトークンの偏り",
            "均等化のlossが上昇",
            "エキスパートごとのトークン数を見て、そのlossの重みを上げるか学習率を下げる",
        ),
    ),
    Cause(
        "forgetting",
        {
            "drawdown": 3,
            "gave_back": 3,
            "over_start": 0.5,
            "early_rise": 1,
            "drift_loss": 0.5,
            "level_loss": 0.5,
            "loss_spike": -1,
            "lr_jump": -3,
            "accuracy_falls": 2,
            "mean_token_accuracy_falls": 1,
        },
        (
            "what was learned is lost",
            "the loss is far above its best",
            "go back to the best checkpoint, shuffle the data",
        ),
        ("学習内容の喪失", "lossが最良値を大きく上回る", "最良のチェックポイントに戻り、データをシャッフル"),
        (NO_RISE,),
    ),
)
"""In the order of the table."""
