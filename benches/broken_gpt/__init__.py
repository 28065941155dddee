"""A tiny GPT, broken on purpose under `attach`: is it seen, is the cause right, is the status true? See README.md."""
