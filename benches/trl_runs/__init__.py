"""TRL's GRPO, DPO and SFT on a tiny model, healthy and broken on purpose: what the callback says of each."""
