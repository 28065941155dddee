"""What a command is given, and what it ends with.

``options`` holds the options that commands share, ``read_options`` those that say how a file is written; ``settings``
reads their texts, ``choice`` finds the columns that are streams, ``output_file`` refuses to write over what is read,
and ``exit_status`` is what the shell gets at the end.
"""
