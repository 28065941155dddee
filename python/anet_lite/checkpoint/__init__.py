"""What is wrong with a checkpoint that lies on the disk: numbers that are not finite, zeros, what did not change.

In the order of the data's way: `files` finds what a path holds, `safetensors_file` and `torch_file` give its tensors in
blocks, `decode` turns blocks into numbers, `check` looks at them, and `words` says what was found.
"""

from anet_lite.checkpoint.check import CheckpointReport, check_checkpoint

__all__ = ["CheckpointReport", "check_checkpoint"]
