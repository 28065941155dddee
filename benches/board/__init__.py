"""How fast a board is, how much memory it takes, and whether it loses a record; see README.md."""
