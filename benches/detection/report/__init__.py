"""Figures, as JSON while they come, then as tables and a picture."""
