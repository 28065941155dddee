"""Watched generation on tiny models: what healthy ones alarm, what is told of broken ones, and what it costs."""
