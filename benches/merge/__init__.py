"""A zoo of pairs of small nets, some of which cannot be merged; `README.md` holds what was measured."""
