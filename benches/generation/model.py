"""A tiny causal model that speaks a small language fluently: random walks over words, trained in a few seconds."""

from __future__ import annotations

import torch
import transformers

VOCABULARY, END, LENGTH = 32, 0, 48
"""Words, the one that ends a text, and tokens of a training text."""


def walks(count: int, length: int, seed: int) -> torch.Tensor:
    """Random texts: each word is followed by one of four, some almost surely; one word in fifty ends the text."""
    source = torch.Generator().manual_seed(seed)
    texts = [torch.randint(1, VOCABULARY, (count,), generator=source)]
    for _ in range(length - 1):
        word, draw = texts[-1], torch.rand(count, generator=source)
        surely = 0.4 + 0.15 * (word % 4)
        step = (draw > surely).long() + 3 * (draw > (1 + surely) / 2).long() + 7 * (draw > 0.95).long()
        after = (word * 5 + step) % (VOCABULARY - 1) + 1
        ends = (torch.rand(count, generator=source) < 0.02) | (word == END)
        texts.append(torch.where(ends, END, after))
    return torch.stack(texts, 1)


def generator() -> transformers.GPT2LMHeadModel:
    """Return a GPT-2 of 30,000 parameters that has learnt the walks."""
    transformers.set_seed(0)
    config = transformers.GPT2Config(
        vocab_size=VOCABULARY, n_embd=32, n_layer=1, n_head=2, n_positions=512, bos_token_id=END, eos_token_id=END
    )
    model = transformers.GPT2LMHeadModel(config)
    optimizer = torch.optim.AdamW(model.parameters(), 1e-2)
    for step in range(120):
        texts = walks(16, LENGTH, step)
        loss = model(texts, labels=texts).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.eval()
    model.generation_config.pad_token_id = END
    return model


def prompts(count: int, seed: int) -> torch.Tensor:
    """Beginnings of texts, four words each."""
    texts = walks(4 * count, 4, seed)
    return texts[(texts != END).all(1)][:count]
