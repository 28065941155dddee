"""What is said of a loop itself, beside the alarms of its run: a checkpoint that is spoiled, a line that is missing."""

from anet_lite.integrations.remarks.remark import Remark, Remarks

__all__ = ["Remark", "Remarks"]
