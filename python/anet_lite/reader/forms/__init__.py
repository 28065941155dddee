"""One form of file each: what it is in words, its columns, and how they are read."""
