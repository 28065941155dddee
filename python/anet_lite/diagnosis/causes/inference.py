"""Causes in inference: in how tokens are chosen, in the weights that serve, in what is asked."""

from anet_lite.diagnosis.causes.cause import Cause, Clause

INFERENCE = (
    Cause(
        "broken_weights",
        {
            "nonfinite_logits_nonzero": 9,
            "nonfinite_outputs_nonzero": 9,
            "token_entropy_rises": 4,
            "token_margin_falls": 2,
            "token_entropy_falls": 3,
            "token_margin_rises": 2,
            "surprisal_excess_rises": -3,
            "looping_sequences_nonzero": 1,
            "end_probability_falls": 1,
            "output_mean_rises": 2,
            "output_mean_falls": 2,
            "output_spread_rises": 2,
            "output_spread_falls": 2,
        },
        (
            "weights or an adapter that are broken (not finite, of another scale, of another model)",
            "the model's own distribution is not what it was",
            "run anet-lite check on what was loaded last, and compare with the base model without the adapter",
        ),
        (
            "重みまたはアダプタの破損(有限でない、尺度違い、別モデルのもの)",
            "モデル自身の分布が変わった",
            "最後に読み込んだものをanet-lite checkで調べ、アダプタなしの元モデルと比べる",
        ),
        (
            Clause("nonfinite_logits_nonzero", "; its logits are not finite", "。logitsが有限でない"),
            Clause("nonfinite_outputs_nonzero", "; its outputs are not finite", "。出力が有限でない"),
        ),
    ),
    Cause(
        "degenerate_loop",
        {
            "looping_sequences_nonzero": 8,
            "token_repetition_rises": 6,
            "token_entropy_falls": 2,
            "token_margin_rises": 1,
            "unfinished_share_rises": 1,
            "output_tokens_rises": 1,
        },
        (
            "a degenerate loop",
            "the text repeats itself, token by token",
            "read the output; sample instead of decoding greedily, or set repetition_penalty or no_repeat_ngram_size",
        ),
        (
            "文章の繰り返し(退化したループ)",
            "同じトークンが何度も現れる",
            "出力を読む。貪欲復号でなくサンプリングにするか、repetition_penaltyかno_repeat_ngram_sizeを設定",
        ),
    ),
    Cause(
        "temperature_too_high",
        {"surprisal_excess_rises": 9, "token_entropy_rises": 1, "token_margin_falls": 0.5},
        (
            "sampling that is too wild (temperature too high, or top-k and top-p off)",
            "the chosen tokens are less likely than the model's own distribution makes them",
            "compare the sampling settings with those before",
        ),
        (
            "サンプリングが荒すぎる(温度が高い、またはtop-k・top-pが無効)",
            "選ばれたトークンが、モデル自身の分布から見て起こりにくい",
            "サンプリング設定を以前と比べる",
        ),
    ),
    Cause(
        "endless_output",
        {
            "end_probability_falls": 4,
            "unfinished_share_rises": 8,
            "output_tokens_rises": 4,
            "looping_sequences_nonzero": 0.5,
        },
        (
            "outputs do not end",
            "an end is less likely than it was, or more sequences run into their limit",
            "look at eos_token_id, the chat template, stop strings, and max_new_tokens",
        ),
        (
            "出力が終わらない",
            "終わりの確率が下がったか、上限に達する系列が増加",
            "eos_token_id、チャットテンプレート、停止文字列、max_new_tokensを確認",
        ),
    ),
    Cause(
        "requests_changed",
        {
            "token_entropy_rises": 2.5,
            "token_entropy_falls": 2.5,
            "end_probability_falls": 2,
            "token_margin_rises": 1.5,
            "token_margin_falls": 1.5,
            "output_tokens_rises": 3,
            "output_tokens_falls": 4,
            "output_size_rises": 5,
            "output_size_falls": 5,
            "output_mean_rises": 3,
            "output_mean_falls": 3,
            "output_spread_rises": 3,
            "output_spread_falls": 3,
            "surprisal_excess_rises": -2,
        },
        (
            "other requests come than before",
            "outputs have changed, as they do with their inputs",
            "compare the requests of now and before; announce a change by note()",
        ),
        (
            "リクエストの変化",
            "出力が変わった(入力が変われば変わる)",
            "前後のリクエストを比べる。意図的ならnote()で宣言",
        ),
    ),
    Cause(
        "calls_fail",
        {"error_share_rises": 9},
        ("calls fail", "more of them raise than before", "look at the exceptions, and at the requests that raise them"),
        ("呼び出しの失敗", "例外になる呼び出しが増加", "例外の内容と、それを起こすリクエストを確認"),
    ),
)
"""In the order of the table."""
