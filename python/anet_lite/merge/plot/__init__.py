"""Pictures: ``check`` of a merge check, by layer; ``path`` of the way between models."""
