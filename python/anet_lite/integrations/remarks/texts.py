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
        "batch": " The batch is {batch}.",
        "place_input": "Step {at}: what goes into the model is not finite already.{batch}",
        "place_output": "Step {at}, forward: the first output that is not finite is that of {names}; those of the "
        "{before} modules before it are finite.{batch}",
        "place_loss": "Step {at}: the outputs of all {before} modules are finite, and the loss is not.{batch}",
        "place_grad": "Step {at}, backward: loss and outputs are finite; the first gradient that is not is that of the "
        "output of {names}, after {before} that are.{batch}",
        "place_parameters": "Step {at}: the gradient is not finite in {count} of {before} parameters ({names}).{batch}",
        "place_unknown": "Step {at}: where it began was not measured, since a norm was given; attach(..., locate=True) "
        "measures it.",
        "spoiled": "{count} of {total} tensors that no gradient trains are not finite: {names}.",
        "ranks_out_of_sync": "Step {at}: parameters that all ranks must hold alike differ on {ranks}: the sums of "
        "their squares are {values}.",
        "gradients_out_of_sync": "Step {at}: gradients that all ranks must have alike after averaging differ on "
        "{ranks}: the sums of their squares are {values}.",
        "rank_not_finite": "Step {at}: the loss is not finite on {ranks}, and finite on the others.",
        "rank_differs": "The loss of rank {rank} has been {side} that of the others for {rows} steps: {own:.4g} "
        "against {others:.4g} in the mean.",
        "above": "above",
        "below": "below",
        "rank": "rank {rank}",
        "stalled": "No step for {seconds}: the last one was {at}. The main thread is at {where}.",
        "stall_over": "Steps come again: step {at} came after {seconds}.",
        "memory_grows": "{what} has grown in each of {intervals} intervals running, by {grown:.3g} kB a step, to "
        "{now:.4g} GB.",
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
        "batch": "バッチは{batch}です。",
        "place_input": "ステップ{at}: モデルへの入力がすでに有限ではありません。{batch}",
        "place_output": "ステップ{at}の順伝播: 有限でない最初の出力は{names}です。"
        "その前の{before}個のモジュールの出力は有限です。{batch}",
        "place_loss": "ステップ{at}: 全{before}個のモジュールの出力は有限ですが、lossは有限ではありません。{batch}",
        "place_grad": "ステップ{at}の逆伝播: lossと出力は有限で、有限でない最初の勾配は{names}の出力の勾配です。"
        "その前の{before}個は有限です。{batch}",
        "place_parameters": "ステップ{at}: パラメータ{before}個のうち{count}個の勾配が有限ではありません"
        "({names})。{batch}",
        "place_unknown": "ステップ{at}: ノルムが渡されたため、どこで始まったかは測っていません。"
        "attach(..., locate=True)なら測ります。",
        "spoiled": "勾配で学習しないテンソル{total}個のうち{count}個が有限ではありません: {names}。",
        "ranks_out_of_sync": "ステップ{at}: 全ランクで等しいはずのパラメータが{ranks}で違います。2乗和は{values}です。",
        "gradients_out_of_sync": "ステップ{at}: 平均後は全ランクで等しいはずの勾配が{ranks}で違います。"
        "2乗和は{values}です。",
        "rank_not_finite": "ステップ{at}: lossが{ranks}だけで有限ではありません。",
        "rank_differs": "ランク{rank}のlossが{rows}ステップの間、他のランクより{side}続けています: 平均で{own:.4g}、"
        "他は{others:.4g}。",
        "above": "高い値を",
        "below": "低い値を",
        "rank": "ランク{rank}",
        "stalled": "{seconds}の間ステップが来ていません。最後はステップ{at}です。メインスレッドの位置: {where}。",
        "stall_over": "ステップが再び来ました: {seconds}後にステップ{at}。",
        "memory_grows": "{what}が{intervals}区間続けて増えています: 1ステップあたり{grown:.3g} kB、現在{now:.4g} GB。",
        "of_step": "ステップ{step}のチェックポイント",
        "last_good": "最後の正常なチェックポイントは{checkpoint}です。",
        "none_good": "これより前に、正常と確かめられたチェックポイントはありません。",
    },
}
"""By language and name."""
