"""The words of each remark, in two languages."""

from __future__ import annotations

TEXTS = {
    "en": {
        "more": "{shown} and {more} more",
        "no_loss": "{rows} steps came, and none of them had a loss: call watch.loss(loss) before optimizer.step().",
        "save_refused": "{checkpoint} is not saved: {count} of {total} tensors of the model are not finite ({names}). "
        "{last}",
        "save_marked": "{checkpoint} is saved and marked: {count} of {total} tensors of the model are not finite "
        "({names}). {last}",
        "save_failing": "{checkpoint} is saved and marked: its tensors are finite, but the run is failing. {last}",
        "of_step": "The checkpoint of step {step}",
        "last_good": "The last good checkpoint is {checkpoint}.",
        "none_good": "No checkpoint before it was found good.",
    },
    "ja": {
        "more": "{shown}ほか{more}件",
        "no_loss": "{rows}ステップを受け取りましたが、lossが一度もありません。optimizer.step()の前に"
        "watch.loss(loss)を呼んでください。",
        "save_refused": "{checkpoint}は保存しません: モデルのテンソル{total}個のうち{count}個が有限ではありません"
        "({names})。{last}",
        "save_marked": "{checkpoint}は印を付けて保存します: モデルのテンソル{total}個のうち{count}個が有限では"
        "ありません({names})。{last}",
        "save_failing": "{checkpoint}は印を付けて保存します: テンソルは有限ですが、学習が異常です。{last}",
        "of_step": "ステップ{step}のチェックポイント",
        "last_good": "最後の正常なチェックポイントは{checkpoint}です。",
        "none_good": "これより前に、正常と確かめられたチェックポイントはありません。",
    },
}
"""By language and name."""
