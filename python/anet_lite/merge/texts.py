"""The words about findings, by code, in two languages."""

from __future__ import annotations

SENTENCES = {
    "en": {
        "missing": "{one} lacks {count} of the tensors that {other} has: {tensors}.",
        "shape": "{tensor} has the shape {first} in {one} and {second} in {other}.",
        "shape_vocabulary": "The vocabularies differ: {tensor} has the shape {first} in {one} and {second} in {other}.",
        "tokenizer": "The tokenizers differ: {count} ids stand for other tokens. Id {id} is {first} in {one} and "
        "{second} in {other}.",
        "config": "The configs differ: {key} is {first} in {one} and {second} in {other}.",
        "not_finite": "{tensor} of {one} holds numbers that are NaN or infinite: {count} of them.",
        "all_zero": "{tensor} is all zero in {one} and not in {other}.",
        "permuted_rows": "{tensor} has the same rows in {one} and {other}, in another order: rows that were looked at "
        "have their like elsewhere, at a median cosine of {best:.2f}.",
        "permuted_columns": "{tensor} has the same columns in {one} and {other}, in another order: columns that were "
        "looked at have their like elsewhere, at a median cosine of {best:.2f}.",
        "permuted_many": "{count} of {of} matrices of {one} and {other} do not match. Of the first {looked_at} of "
        "these, {moved} have the same units in another order: {tensors}.",
        "foreign": "{tensor} of {one} has nothing to do with that of {other}: cosine {cosine:.2f}.",
        "unrelated": "{one} and {other} are not of one origin: {count} of {of} matrices have nothing to do with each "
        "other, the median cosine is {cosine:.3f}.",
        "rows_differ": "{count} of {rows} rows of {tensor} are other rows in {other}: {named}.",
        "rows_differ_tokens": "{count} of {rows} rows of {tensor} stand for something else in {other}: ids {named}.",
        "scaled": "{tensor} is {factor:.3g} times as large in {other} as in {one}, at a cosine of {cosine:.2f}.",
        "scaled_cancels": "{tensor} is {factor:.3g} times as large in {other} as in {one}, and {cancels} the inverse.",
        "wrong_base": "The base is not theirs: {one} and {other} lie {far:.2g} of its norm away from it, both in the "
        "same direction (cosine {cosine:.2f}).",
        "one_dominates": "{one} changed {ratio:.3g} times as much as {other}, in the median over matrices.",
        "uneven_change": "Beside {other}, {one} changed {tensor} {ratio:.3g} times as much as the median matrix.",
        "near_overflow": "{tensor} reaches {largest:,.0f} in {one}, where F16 ends at 65,504.",
        "rounding": "An average stored as {types} loses {lost:.0%} of what changed.",
        "dtype": "{count} tensors have other types: {tensor} is {first} in {one} and {second} in {other}.",
        "not_in_base": "The base has no counterpart of {count} tensors: {tensors}. Nothing is said of their changes.",
        "unchanged": "{one} and {other} hold the same numbers.",
        "unchanged_base": "{one} is the base: nothing changed.",
        "not_compared": "{count} tensors were not compared, since they are of other types ({types}): {tensors}.",
        "not_read": "{file} was not compared: {one} has none.",
        "not_read_reason": "{file} was not compared: {reason}.",
        "not_judged": "No matrix has 8 rows and columns: cosines were not judged.",
    },
    "ja": {
        "missing": "{other}にあるテンソルのうち{count}個が{one}にありません: {tensors}。",
        "shape": "{tensor}の形状は{one}では{first}、{other}では{second}です。",
        "shape_vocabulary": "語彙の大きさが違います: {tensor}の形状は{one}では{first}、{other}では{second}です。",
        "tokenizer": "トークナイザが違います: {count}個のIDが別のトークンを指します。ID {id}は{one}では{first}、"
        "{other}では{second}です。",
        "config": "configが違います: {key}は{one}では{first}、{other}では{second}です。",
        "not_finite": "{one}の{tensor}にNaNまたは無限大が{count}個あります。",
        "all_zero": "{tensor}は{one}ではすべてゼロ、{other}ではそうではありません。",
        "permuted_rows": "{tensor}の行は{one}と{other}で同じですが、順序が違います: "
        "調べた行は別の位置に対応する行があり、コサインの中央値は{best:.2f}です。",
        "permuted_columns": "{tensor}の列は{one}と{other}で同じですが、順序が違います: "
        "調べた列は別の位置に対応する列があり、コサインの中央値は{best:.2f}です。",
        "permuted_many": "{one}と{other}の{of}個の行列のうち{count}個が一致しません。"
        "その最初の{looked_at}個のうち{moved}個では、ユニットは同じで順序だけが違います: {tensors}。",
        "foreign": "{one}の{tensor}は{other}のものと無関係です(コサイン{cosine:.2f})。",
        "unrelated": "{one}と{other}は由来が異なります: {of}個の行列のうち{count}個が無関係で、"
        "コサインの中央値は{cosine:.3f}です。",
        "rows_differ": "{tensor}の{rows}行のうち{count}行が{other}では別の行です: {named}。",
        "rows_differ_tokens": "{tensor}の{rows}行のうち{count}行が{other}では別のものを指します: ID {named}。",
        "scaled": "{tensor}は{other}では{one}の{factor:.3g}倍の大きさです(コサイン{cosine:.2f})。",
        "scaled_cancels": "{tensor}は{other}では{one}の{factor:.3g}倍の大きさで、{cancels}がそれを打ち消しています。",
        "wrong_base": "このベースは両モデルの元ではありません: {one}と{other}はベースからそのノルムの{far:.2g}倍離れ、"
        "方向もほぼ同じです(コサイン{cosine:.2f})。",
        "one_dominates": "{one}の変化は{other}の{ratio:.3g}倍です(行列の中央値)。",
        "uneven_change": "{tensor}では、{other}に対する{one}の変化の比が、行列の中央値の{ratio:.3g}倍です。",
        "near_overflow": "{one}の{tensor}は最大{largest:,.0f}で、F16の上限65,504に近い値です。",
        "rounding": "平均を{types}で保存すると、変化の{lost:.0%}が失われます。",
        "dtype": "{count}個のテンソルの型が違います: {tensor}は{one}では{first}、{other}では{second}です。",
        "not_in_base": "{count}個のテンソルに対応するものがベースにありません: {tensors}。その変化は測っていません。",
        "unchanged": "{one}と{other}の数値は同じです。",
        "unchanged_base": "{one}はベースと同じです。",
        "not_compared": "{count}個のテンソルは型が対象外({types})のため比べていません: {tensors}。",
        "not_read": "{file}は比べていません: {one}にありません。",
        "not_read_reason": "{file}は比べていません: {reason}。",
        "not_judged": "行と列が8以上の行列がないため、コサインは判定していません。",
    },
}
"""What a finding is."""

ADVICE = {
    "en": {
        "missing": "These are two architectures, or a file is missing: only models of one architecture can be merged.",
        "shape": "Bring both to one shape first. For a vocabulary: resize the embedding and the head, and see that "
        "each token keeps its id.",
        "tokenizer": "An average mixes the embeddings of different words: sort the rows by token first.",
        "config": "Find out which of the two the merged weights are to run with: one of them is wrong for the other's.",
        "not_finite": "No merge mends it: load or convert that model again.",
        "all_zero": "An average halves it: a save that failed, or a layer that was never loaded.",
        "permuted": "An average would mix different units, though each model alone may be perfect. "
        "anet_lite.merge.align puts them back where it can.",
        "foreign": "It comes from another model or another start: take it from one side whole, or do not merge.",
        "unrelated": "Their average is no model. Distil one into the other, or choose one.",
        "rows_differ": "Compare the tokenizers at these ids: tokens may have been swapped, or added in another order.",
        "scaled": "The average is of neither scale: divide by the factor first, or find the wrong scale of an adapter.",
        "wrong_base": "Find the model that they were trained from: what subtracts the base (task arithmetic, TIES, "
        "DARE) would subtract another. A plain average needs none.",
        "one_dominates": "Begin at alpha = {alpha:.2f} (the weight of {second}), not at 1/2, and measure: it is a "
        "start, no answer. A wrong alpha of an adapter looks like this.",
        "uneven_change": "Look at these tensors first: a wrong scale, noise, or a layer that was trained alone.",
        "near_overflow": "Merge and store in BF16 or F32.",
        "rounding": "Store the merge as F32, or keep the change as an adapter.",
    },
    "ja": {
        "missing": "アーキテクチャが違うか、ファイルが欠けています。マージできるのは同じ構造のモデルだけです。",
        "shape": "先に形状をそろえてください。語彙の場合は埋め込みと出力層の大きさを変え、"
        "各トークンのIDが同じであることを確かめてください。",
        "tokenizer": "平均すると別の単語の埋め込みが混ざります。先に行をトークンの順にそろえてください。",
        "config": "マージした重みをどちらの設定で動かすのかを確かめてください。一方の設定は他方の重みに合いません。",
        "not_finite": "マージでは直りません。そのモデルを読み直すか、変換し直してください。",
        "all_zero": "平均すると値が半分になります。保存の失敗か、読み込まれなかった層が考えられます。",
        "permuted": "各モデル単独では正常でも、平均すると別々のユニットが混ざります。"
        "anet_lite.merge.alignで、戻せるものは元の順に戻せます。",
        "foreign": "別のモデルか別の初期値から来ています。片方のものをそのまま使うか、マージをやめてください。",
        "unrelated": "平均してもモデルにはなりません。一方を他方へ蒸留するか、どちらかを選んでください。",
        "rows_differ": "これらのIDでトークナイザを比べてください。"
        "トークンの入れ替わりか、追加の順序の違いが考えられます。",
        "scaled": "平均はどちらの大きさにもなりません。先にその倍率で割るか、アダプタの倍率の誤りを探してください。",
        "wrong_base": "学習の元になったモデルを探してください。ベースを引く方法(task arithmetic、TIES、DARE)では"
        "別のモデルを引いてしまいます。単純な平均にベースは要りません。",
        "one_dominates": "1/2ではなくalpha = {alpha:.2f}({second}の重み)から始めて、測ってください。"
        "出発点であって答えではありません。"
        "アダプタのalphaの誤りも、このように見えます。",
        "uneven_change": "まずこれらのテンソルを見てください。倍率の誤り、雑音、単独で学習された層が考えられます。",
        "near_overflow": "BF16かF32でマージし、保存してください。",
        "rounding": "マージをF32で保存するか、変化をアダプタのまま残してください。",
    },
}
"""What to do about it."""

WORDS = {
    "en": {
        "stop": "stop: do not average these models as they are.",
        "warn": "warn: look at this before you average.",
        "ok": "ok: nothing that weights can tell speaks against an average. How it does on your data, only they tell.",
        "stop_mark": "stop ",
        "warn_mark": "warn ",
        "note_mark": "note ",
        "pair": "{pair}: {count} tensors in common, distance {distance:.3g}",
        "changes": "changes: cosine {cosine:.2f}, norm ratio {ratio:.3g}",
        "conflict": ", {conflict:.0%} of signs opposed",
        "more": ", and {count} more",
        "hidden": "... and {count} more of the same kinds.",
    },
    "ja": {
        "stop": "停止: このまま平均してはいけません。",
        "warn": "警告: 平均する前に確かめてください。",
        "ok": "問題なし: 重みから分かる範囲では、平均を妨げるものはありません。"
        "データでの良し悪しは、測って確かめてください。",
        "stop_mark": "停止",
        "warn_mark": "警告",
        "note_mark": "注記",
        "pair": "{pair}: 共通のテンソル{count}個、距離{distance:.3g}",
        "changes": "変化: コサイン{cosine:.2f}、ノルムの比{ratio:.3g}",
        "conflict": "、符号の対立{conflict:.0%}",
        "more": "、ほか{count}個",
        "hidden": "... 同じ種類の所見がほかに{count}件あります。",
    },
}
"""The words around findings."""
