"""What logs say of why a run ended, with what usually causes it and what to look at first: the one table of it."""

from __future__ import annotations

import re
from typing import NamedTuple


class Cause(NamedTuple):
    """A reason for which a run ends. The texts stand in the order of what it is, its usual cause, what to look at."""

    kind: str
    pattern: re.Pattern[str]
    en: tuple[str, str, str]
    ja: tuple[str, str, str]


def _cause(kind: str, pattern: str, en: tuple[str, str, str], ja: tuple[str, str, str]) -> Cause:
    return Cause(kind, re.compile(pattern), en, ja)


CAUSES = (
    _cause(
        "time_limit",
        r"DUE TO TIME LIMIT|TERM_RUNLIMIT|(?i:walltime .{0,40}exceeded)|job .{0,20}exceeded its time limit",
        ("the job's time limit", "the run took longer than it was given", "resume it from its last checkpoint"),
        ("ジョブの制限時間", "割り当てた時間より学習が長くかかりました", "最後のチェックポイントから再開してください"),
    ),
    _cause(
        "gpu_out_of_memory",
        r"(?:CUDA|HIP|MPS backend|XPU) out of memory|torch\.(?:cuda\.)?OutOfMemoryError|CUDA error: out of memory"
        r"|RESOURCE_EXHAUSTED: .{0,40}(?i:memory|OOM)|ResourceExhaustedError|CUBLAS_STATUS_ALLOC_FAILED"
        r"|CudaNdarray.{0,20}allocation failed|cudaErrorMemoryAllocation|CUDA_ERROR_OUT_OF_MEMORY",
        (
            "the accelerator's memory was full",
            "a batch or a sequence longer than those before, or another process on the device",
            "the longest batch, its size, and what else runs there",
        ),
        (
            "アクセラレータのメモリ不足",
            "以前より大きいバッチや長い系列、または同じデバイスの別プロセス",
            "最長のバッチとその大きさ、同じデバイスで動いているもの",
        ),
    ),
    _cause(
        "shared_memory",
        r"insufficient shared memory|</torch_\d+|(?i:bus error)|unable to (?:open|allocate|mmap).{0,60}shared memory"
        r"|/dev/shm.{0,60}(?i:full|space|fail|error)|(?i:no space|error).{0,80}/dev/shm",
        (
            "shared memory was full",
            "the workers of a data loader in a container with a small /dev/shm",
            "the container's --shm-size, and the number of workers",
        ),
        (
            "共有メモリの不足",
            "/dev/shm が小さいコンテナで動くデータローダのワーカー",
            "コンテナの --shm-size とワーカーの数",
        ),
    ),
    _cause(
        "disk_full",
        r"No space left on device|Disk quota exceeded|\[Errno (?:28|122)\]",
        (
            "the disk was full",
            "checkpoints that are never deleted",
            "the free space and the quota of the output folder",
        ),
        ("ディスクの空き不足", "削除されずに残るチェックポイント", "出力先の空き容量とクォータ"),
    ),
    _cause(
        "host_out_of_memory",
        r"^\s*Killed\s*$|: line \d+: +\d+ Killed|oom[-_]kill|Out of memory: Kill|killed by signal: Killed"
        r"|\bMemoryError\b|std::bad_alloc|Cannot allocate memory|DefaultCPUAllocator: |exitcode *: *-9\b"
        r"|Signal 9 \(SIGKILL\)|OUT_OF_MEMORY|died with <Signals\.SIGKILL",
        (
            "the process was killed or could get no memory from the host",
            "the host's memory was full: workers that each hold the data, or a leak",
            "the memory of the host over time, and the kernel's log",
        ),
        (
            "プロセスの強制終了、またはホストのメモリ不足",
            "ホストのメモリ不足:各ワーカーが抱えるデータ、またはメモリリーク",
            "ホストのメモリの推移とカーネルのログ",
        ),
    ),
    _cause(
        "not_finite",
        r"FloatingPointError|(?i:loss (?:is|became|was) (?:nan|inf|infinite|not finite|non-?finite))"
        r"|(?:Error|Exception)\b.*(?i:\bnans?\b|\binf(?:inite|inity)?\b|non-?finite|not finite)"
        r"|(?i:invalid loss, terminating)|(?i:minimum loss scale reached|loss scale already at minimum)",
        (
            "a value was not finite",
            "a rate that is too high, a bad batch, or too little range of numbers",
            "the gradient norm and the rate in the rows before, and the batch of that step",
        ),
        (
            "有限でない値",
            "高すぎる学習率、異常なバッチ、または数値の範囲の不足",
            "直前の行の勾配ノルムと学習率、そのステップのバッチ",
        ),
    ),
    _cause(
        "device_fault",
        r"device-side assert triggered|illegal memory access|CUDNN_STATUS_\w+|CUBLAS_STATUS_\w+|CUDA error: "
        r"|HIP error: |(?i:uncorrectable ECC)|Xid \(|hipError\w+|Unable to determine the device handle",
        (
            "the accelerator reported a fault",
            "an index out of range (a label or a token), or broken hardware",
            "the same batch with CUDA_LAUNCH_BLOCKING=1, and the device's health",
        ),
        (
            "アクセラレータの異常",
            "範囲外の添字(ラベルやトークン)、またはハードウェアの故障",
            "CUDA_LAUNCH_BLOCKING=1 での同じバッチと、デバイスの状態",
        ),
    ),
    _cause(
        "collective",
        r"collective operation timeout|before timing out|NCCL (?:communicator|operations).{0,60}(?:abort|fail)"
        r"|nccl(?:System|UnhandledCuda|Internal|Remote|Invalid\w+)Error|DistBackendError|(?i:NCCL error)"
        r"|RendezvousConnectionError|Connection (?:closed|reset) by peer|gloo/transport.{0,80}(?i:timed? ?out|closed)",
        (
            "processes lost each other (NCCL or another collective)",
            "one process that stopped, hung or took another path than the others, or the network",
            "the log of the rank that spoke last or died first",
        ),
        (
            "プロセス間の通信の失敗(NCCL などの集団通信)",
            "停止・停滞した、または他と違う処理に進んだプロセス、あるいはネットワーク",
            "最後に出力した、または最初に落ちたランクのログ",
        ),
    ),
    _cause(
        "crash",
        r"(?i:segmentation fault)|SIGSEGV|SIGABRT|exitcode *: *-(?:11|6)\b|\(core dumped\)|Fatal Python error",
        ("the process crashed outside Python", "a native library", "the library named above the line, and its version"),
        ("Python の外でのクラッシュ", "ネイティブのライブラリ", "その行の上に出ているライブラリとその版"),
    ),
    _cause(
        "interrupted",
        r"KeyboardInterrupt|^\s*\^C|SIGINT\b",
        ("someone interrupted it", "Ctrl-C, or a notebook's stop button", "nothing, if that was meant"),
        ("手動の中断", "Ctrl-C またはノートブックの停止ボタン", "意図したものなら何もありません"),
    ),
    _cause(
        "traceback",
        r"^(?!.*\bsignal: \d)(?:[\w.]+(?:Error|Exception|Exit|Failure|Fault))(?::|$)",
        ("an error of Python", "what its last line says", "the lines of the traceback above it, lowest first"),
        ("Python のエラー", "最後の行が示すもの", "その上のトレースバックを下から順に"),
    ),
    _cause(
        "terminated",
        r"slurmstepd: error: .*CANCELLED|(?i:due to preemption)|\bSIGTERM\b|(?i:got|received|caught) signal:? 15"
        r"|Signal 15|^\s*Terminated\s*$|signal: terminated|\bpreempted\b",
        (
            "the process was told to end",
            "the scheduler, a preemption, or someone who cancelled the job",
            "the scheduler's record of the job",
        ),
        ("終了の指示", "スケジューラ、プリエンプション、またはジョブの取り消し", "スケジューラのジョブ記録"),
    ),
)
"""The more telling first: what follows an error, such as the other processes being told to end, stands behind it."""
