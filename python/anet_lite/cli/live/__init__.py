"""A stream while it comes: ``pieces`` of bytes, the ``loop`` over them, its ``event`` s, and the ``sinks`` that take those.

``silence`` notices that nothing comes any more; ``state_file`` keeps what was learned from one run to the next.
"""
