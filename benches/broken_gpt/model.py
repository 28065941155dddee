"""A language model of two blocks that reads Python's own library byte by byte: it learns something real in a minute."""

from __future__ import annotations

import os
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

BYTES, CONTEXT, WIDTH, HEADS, BLOCKS = 256, 32, 32, 4, 2
#: Files of the library that are read.
FILES = 60


class Block(nn.Module):
    """Attention and a perceptron, each on a normalised input and added to it."""

    def __init__(self) -> None:
        super().__init__()
        self.before_attention, self.before_mlp = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.query_key_value, self.mix = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.mlp = nn.Sequential(nn.Linear(WIDTH, 4 * WIDTH), nn.GELU(), nn.Linear(4 * WIDTH, WIDTH))
        self.dropout = nn.Dropout(0.0)

    def forward(self, x: Tensor) -> Tensor:
        """Return the stream with what this block adds."""
        x = x + self.dropout(self.mix(self._attend(self.before_attention(x))))
        return x + self.dropout(self.mlp(self.before_mlp(x)))

    def _attend(self, x: Tensor) -> Tensor:
        split = self.query_key_value(x).unflatten(-1, (3, HEADS, WIDTH // HEADS)).permute(2, 0, 3, 1, 4)
        return functional.scaled_dot_product_attention(*split, is_causal=True).transpose(1, 2).flatten(-2)


class GPT(nn.Module):
    """Bytes in, a score for each next byte out."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding, self.position = nn.Embedding(BYTES, WIDTH), nn.Parameter(torch.zeros(CONTEXT, WIDTH))
        self.blocks = nn.Sequential(*(Block() for _ in range(BLOCKS)))
        self.norm, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, BYTES, bias=False)

    def forward(self, text: Tensor) -> Tensor:
        """Return scores of shape (batch, context, 256)."""
        return self.head(self.norm(self.blocks(self.embedding(text) + self.position)))


def library() -> Tensor:
    """Return the text of the standard library's first modules."""
    paths = sorted(Path(os.__file__).parent.glob("*.py"))[:FILES]
    return torch.tensor(list(b"".join(path.read_bytes() for path in paths)))
