"""How well ``upscale`` keeps a series' texture, and a detector that it starts warm."""
