"""The text of whatever a caller gave, fit for a file."""

from __future__ import annotations


def plain_text(value: object) -> str:
    r"""Return the text of a value; it never raises, since a run must not stop for a remark.

    What UTF-8 cannot carry, such as the lone surrogates in the name of a file that is not UTF-8, is escaped. A value
    whose ``__str__`` raises is named by its type.

    Example:
        >>> from anet_lite._internal.plain_text import plain_text
        >>> print(plain_text("caf\udce9"))
        caf\udce9

    """
    try:
        text = str(value)
    except Exception as error:
        text = f"<{type(value).__name__} whose text raises {type(error).__name__}>"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
