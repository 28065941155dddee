"""A stream while it comes: ``pieces`` of bytes, a ``session`` that takes their rows, and ``sinks`` for what happens.

``silence`` notices that nothing comes any more; ``state_file`` keeps what was learned from one run to the next.
"""
