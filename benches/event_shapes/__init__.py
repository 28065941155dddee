"""Judges what an explanation says of an event: its direction and its shape, on streams by formula. See README.md."""
