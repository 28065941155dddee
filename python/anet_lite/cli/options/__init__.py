"""What a command is given, and what it ends with.

``options`` holds the options that commands share, ``csv_column`` reads the numbers of a file or of a pipe, and
``exit_status`` is what the shell is told at the end.
"""
