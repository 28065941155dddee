"""Causes in a policy that is learned by rewards: its update, its samples, its sampler, its tools."""

from anet_lite.diagnosis.causes.cause import Cause, Clause

POLICY = (
    Cause(
        "policy_collapse",
        {
            "is_policy": 5,
            "entropy_falls": 4,
            "reward_falls": 3,
            "kl_rises": -1,
            "jump_loss": -1,
            "completion_length_falls": 1,
        },
        (
            "the policy collapses, or moves too fast",
            "loss and gradient of such a run follow the policy",
            "compare entropy, KL and reward with those before, and read samples; lower the rate, or raise the entropy "
            "bonus or the KL penalty",
        ),
        (
            "方策の崩壊、または速すぎる変化",
            "強化学習のlossと勾配は方策に従って動く",
            "エントロピー・KL・報酬を前と比べ、生成例を読む。学習率を下げるか、エントロピー項・KLペナルティを強める",
        ),
        (
            Clause("entropy_falls", "; its entropy falls", "。エントロピーが低下"),
            Clause("reward_falls", "; its reward falls", "。報酬が低下"),
        ),
    ),
    Cause(
        "reward_hacked",
        {"kl_rises": 6, "completion_length_rises": 2, "is_policy": 0.5},
        (
            "the reward is being gamed, or the policy runs away from its reference",
            "such a run is paid for its reward alone",
            "read samples of high reward; raise the KL penalty",
        ),
        (
            "報酬の不正な獲得、または参照方策からの逸脱",
            "報酬だけを追う学習",
            "報酬の高い生成例を読み、KLペナルティを強める",
        ),
        (
            Clause("kl_rises", "; its KL rises", "。KLが上昇"),
            Clause("completion_length_rises", "; completions grow longer", "。生成が長くなった"),
        ),
    ),
    Cause(
        "no_advantage",
        {"no_reward_spread": 6, "reward_std_falls": 6, "frac_reward_zero_std_rises": 6},
        (
            "the advantage is gone",
            "the rewards of a prompt's answers no longer differ, or differ less",
            "print the rewards of one prompt: look for a reward that is constant, prompts that are always or never "
            "solved, a temperature near 0",
        ),
        (
            "アドバンテージの消失",
            "同じプロンプトへの回答の報酬に差がない、または差が縮んだ",
            "1つのプロンプトの報酬を表示し、定数の報酬、全問正解・全問不正解のプロンプト、0に近い温度を探す",
        ),
        (Clause("no_reward_spread", "; all of them are the same here", "。この行ではすべて同じ"),),
    ),
    Cause(
        "clipped_too_much",
        {"clip_fraction_rises": 6},
        (
            "too much of the update is clipped",
            "the policy has moved far from the one that wrote the samples",
            "lower the rate, or take fewer updates for each batch of samples",
        ),
        (
            "更新のクリップが多すぎる",
            "サンプルを生成した方策から離れすぎている",
            "学習率か、サンプル1バッチあたりの更新回数を減らす",
        ),
    ),
    Cause(
        "completions_cut_off",
        {"completions_clipped_ratio_rises": 6, "completion_length_rises": 2},
        (
            "completions are cut off before their end",
            "they grow longer, or more of them reach the greatest length",
            "read samples; raise the greatest length, or give an unfinished completion no reward",
        ),
        (
            "生成が途中で打ち切られている",
            "生成が長くなった、または最大長に達する生成が増えた",
            "生成例を読み、最大長を上げるか、未完の生成には報酬を与えない",
        ),
    ),
    Cause(
        "sampler_apart",
        {"sampling_sampling_logp_difference_mean_rises": 7},
        (
            "the sampler is not the model that is trained",
            "both give other probabilities to the same tokens",
            "check that weights reach the sampler, and the precision and the temperature of both",
        ),
        (
            "サンプラーと学習中のモデルの不一致",
            "同じトークンの確率が両者で違う",
            "重みがサンプラーに届いているか、両者の精度と温度を確認",
        ),
    ),
    Cause(
        "tools_fail",
        {"tools_failure_frequency_rises": 7, "tools_call_frequency_rises": 3, "tools_call_frequency_falls": 3},
        (
            "the tools that a policy calls, or how it calls them",
            "calls fail, or come more or less often than before",
            "read the calls and what they returned",
        ),
        (
            "方策が呼ぶツール、またはその呼び方",
            "呼び出しの失敗、または頻度の変化",
            "呼び出しとその応答を読む",
        ),
    ),
)
"""In the order of the table."""
