"""Tables of text: ``reader`` makes columns of them, ``find`` is what their dialect is found by."""
