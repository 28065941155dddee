"""What a command is given, and what it ends with.

``options`` holds the options that commands share, ``settings`` reads their texts, ``csv_column`` the numbers of a file
or of a pipe, and ``exit_status`` is what the shell gets at the end.
"""
