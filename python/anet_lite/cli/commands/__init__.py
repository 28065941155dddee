"""The subcommands, one a file: a function with its options, and its ``EXAMPLES``."""
