"""What was compiled, and what of it this processor runs."""

def levels() -> list[str]:
    """Name the instructions that the core is compiled for and this processor has.

    Returns:
        Some of ``portable``, ``avx2`` (with FMA) and ``avx512`` (F, BW, DQ and VL), in this order. The last is used;
        all give the same bits.

    Example:
        >>> from anet_lite._native import levels
        >>> levels()[0]
        'portable'

    """

def is_checked() -> bool:
    """Tell whether the core was compiled with checks for developers, which make it slow.

    Example:
        >>> from anet_lite._native import is_checked
        >>> isinstance(is_checked(), bool)
        True

    """
