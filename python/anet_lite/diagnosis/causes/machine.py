"""Causes in the machine: it waits for data, its memory grows, or it is slow."""

from anet_lite.diagnosis.causes.cause import Cause

MACHINE = (
    Cause(
        "waiting_for_data",
        {"data_time_rises": 8, "step_time_rises": 1, "gpu_utilization_falls": 2, "samples_per_s_falls": 1},
        (
            "the loop waits for its data",
            "the time between a step and the next call of the model rises",
            "look at the loader: its workers, its disk, decoding and augmentation",
        ),
        (
            "データ待ち",
            "ステップから次のモデル呼び出しまでの時間が増加",
            "データローダを確認(ワーカー数、ディスク、デコード、拡張)",
        ),
    ),
    Cause(
        "memory_growth",
        {"memory_rises": 8, "host_memory_rises": 8},
        (
            "something is kept that should be freed",
            "memory grows",
            "look for tensors that are kept with their graph, for lists and caches that only grow, for batches of "
            "another size",
        ),
        (
            "解放されるべきものの保持",
            "メモリが増加",
            "計算グラフごと保持されたテンソル、増え続けるリストやキャッシュ、大きさの違うバッチを確認",
        ),
    ),
    Cause(
        "machine",
        {
            "step_time_rises": 6,
            "tokens_per_s_falls": 6,
            "samples_per_s_falls": 6,
            "latency_s_rises": 6,
            "first_token_s_rises": 6,
            "gpu_utilization_falls": 5,
        },
        (
            "the machine is slower than it was",
            "the same work takes longer",
            "look at throttling, other jobs, longer inputs, and the network",
        ),
        ("計算機の速度低下", "同じ仕事に時間がかかる", "クロック低下、他のジョブ、入力の長さ、ネットワークを確認"),
    ),
)
"""In the order of the table."""
