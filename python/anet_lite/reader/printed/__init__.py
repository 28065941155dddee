"""What a program prints: the lines as a terminal shows them, what stands before them, of which data they speak."""

from anet_lite.reader.printed.head import headed
from anet_lite.reader.printed.sets import has_set, set_said
from anet_lite.reader.printed.states import printed_lines, states

__all__ = ["has_set", "headed", "printed_lines", "set_said", "states"]
