"""Files of weights: ``file`` opens one and reads its numbers, ``compare`` is what one pass over a tensor says."""
