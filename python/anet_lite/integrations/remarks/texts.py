"""The words of each remark, in two languages."""

from __future__ import annotations

TEXTS = {
    "en": {
        "more": "{shown} and {more} more",
        "no_loss": "{rows} step(s) came, and none of them had a loss: call watch.loss(loss) before optimizer.step().",
        "not_stepped": "The optimizer that you attached has not stepped for {losses} losses: is it another one that "
        "steps, or is optimizer.step() missing? If you accumulate so many losses in a step, give their mean once.",
        "validation": "A loss came while gradients were off and the model was in evaluation mode: it is not counted as "
        "one of training. Give it by its name: watch.named(val_loss=loss).",
        "attached_twice": "This optimizer is watched already: each step is now measured twice. Call detach() first.",
        "left_out": "{count} of {total} trained parameters of the model ({names}) are in no optimizer that you "
        "attached, and are not watched. Several optimizers go in a list: attach(model, [one, another]).",
        "strangers": "{count} of {total} parameters of the optimizer that you attached are not the model's: is it the "
        "right one?",
        "skips": "Step {at}: the loss scaler has skipped {count} of the last {rows} steps: the gradient overflows "
        "again and again. Look at its norm, lower the rate, or train in bfloat16.",
        "batches_repeat": "Step {at}: the batches of the last {count} steps are those of {period} steps before, in the "
        "same order.",
        "batches_replayed": "Step {at}: the batches of the last {count} steps came before the resume already, in the "
        "same order: the data began again too early.",
        "resume_jump": "Step {at}: the loss jumped at the resume, from {before:.4g} to {now:.4g} in the median of "
        "{rows} steps; before it such a median moved by {usual:.2g}. Were weights, optimizer, schedule and "
        "data all restored?",
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
        "host_memory_grows": "The memory of this process has grown through {intervals} intervals without slowing down, "
        "by {pace:.3g} kB a step, to {now:.4g} GB: something is kept that should be freed, such as a list of tensors.",
        "memory_grows": "What tensors hold on the device has grown through {intervals} intervals without slowing down, "
        "by {pace:.3g} kB a step, to {now:.4g} GB: is a loss kept with its graph? Keep loss.detach().",
        "no_utilization": "gpu_utilization is not measured: {why}.",
        "few_rows": "{rows} row(s) of inference came: a change is told from the {needed}th on. Until then only plain "
        "faults are: numbers that are not finite, and sequences that loop.",
        "of_step": "The checkpoint of step {step}",
        "last_good": "The last good checkpoint is {checkpoint}.",
        "none_good": "No checkpoint before it was found good.",
    },
    "ja": {
        "more": "{shown}ほか{more}件",
        "no_loss": "{rows}ステップを受け取りましたが、lossが一度もありません。optimizer.step()の前に"
        "watch.loss(loss)を呼んでください。",
        "not_stepped": "渡されたoptimizerは、lossが{losses}回来る間に一度もstepしていません。"
        "別のoptimizerがstepしていないか、optimizer.step()が抜けていないかを確認してください。1ステップにそれだけ累積する場合は、平均を1回だけ渡してください。",
        "validation": "勾配が無効で、モデルが評価モードのときにlossが来ました。学習のlossには数えません。"
        "名前を付けて渡してください: watch.named(val_loss=loss)。",
        "attached_twice": "このoptimizerはすでに監視されています。各ステップが二重に測られます。"
        "先にdetach()を呼んでください。",
        "left_out": "モデルの学習対象パラメータ{total}個のうち{count}個({names})は、渡されたoptimizerになく、"
        "監視されません。複数のoptimizerはリストで渡します: attach(model, [one, another])。",
        "strangers": "渡されたoptimizerのパラメータ{total}個のうち{count}個はこのモデルのものではありません。"
        "正しいoptimizerですか。",
        "skips": "ステップ{at}: 直近{rows}ステップのうち{count}ステップをloss scalerが飛ばしました。"
        "勾配が繰り返しあふれています。勾配ノルムを確認し、学習率を下げるか、bfloat16で学習してください。",
        "batches_repeat": "ステップ{at}: 直近{count}ステップのバッチは、{period}ステップ前のものと同じ順序で同じです。",
        "batches_replayed": "ステップ{at}: 直近{count}ステップのバッチは再開前に同じ順序で使われています。"
        "データの再開位置が前すぎます。",
        "resume_jump": "ステップ{at}: 再開の前後でlossが跳ね上がりました({rows}ステップの中央値で{before:.4g}から"
        "{now:.4g}、再開前の動きは{usual:.2g})。重み、optimizer、schedule、データがすべて復元されたか確認してください。",
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
        "host_memory_grows": "このプロセスのメモリが{intervals}区間、鈍らずに増え続けています: "
        "1ステップあたり{pace:.3g} kB、現在{now:.4g} GB。テンソルのリストなど、解放されるべきものが保持されています。",
        "memory_grows": "デバイス上のテンソルのメモリが{intervals}区間、鈍らずに増え続けています: "
        "1ステップあたり{pace:.3g} kB、現在{now:.4g} GB。lossを計算グラフごと保持していませんか(loss.detach()を保持)。",
        "no_utilization": "gpu_utilizationは測っていません: {why}。",
        "few_rows": "推論の行は{rows}件でした。変化を判定できるのは{needed}件目からです。"
        "それまでは、有限でない値と、繰り返しに陥った系列だけを見ています。",
        "of_step": "ステップ{step}のチェックポイント",
        "last_good": "最後の正常なチェックポイントは{checkpoint}です。",
        "none_good": "これより前に、正常と確かめられたチェックポイントはありません。",
    },
}
"""By language and name."""
