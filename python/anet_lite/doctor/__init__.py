"""What is installed, and whether it fits: what ``anet-lite doctor`` tells.

``machine`` looks at Python, the compiled core and Java, ``extras`` at other packages; ``checkup`` puts them together,
and ``words`` says it, in English and Japanese.
"""

from anet_lite.doctor.checkup import Checkup, check_up

__all__ = ["Checkup", "check_up"]
