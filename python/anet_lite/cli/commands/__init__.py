"""The subcommands, one a file: a function with its options, and its ``EXAMPLES``.

``detection`` and ``zeta_trace`` are the streams of rows behind ``detect`` and ``trace``.
"""
