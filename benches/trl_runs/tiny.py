"""A language model of a few thousand parameters and its letters: both are made here, nothing is downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast, set_seed

if TYPE_CHECKING:
    import random

LETTERS = "abcdefghijklmnop"
PAD, END, UNKNOWN = "<pad>", "<eos>", "<unk>"
TOKENS = [*LETTERS, PAD, END, UNKNOWN]


def tokenizer() -> PreTrainedTokenizerFast:
    """Return a tokenizer with a token for each letter."""
    words = Tokenizer(models.WordLevel({token: at for at, token in enumerate(TOKENS)}, unk_token=UNKNOWN))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return PreTrainedTokenizerFast(tokenizer_object=words, pad_token=PAD, eos_token=END, unk_token=UNKNOWN)


def save_model(seed: int, folder: str) -> str:
    """Write a GPT-2 of two layers, and return where: TRL reads the reference from where the model came from."""
    set_seed(seed)
    ends = dict.fromkeys(("bos_token_id", "eos_token_id"), TOKENS.index(END))
    sizes = {"n_positions": 24, "n_embd": 16, "n_layer": 2, "n_head": 2}
    model: Any = GPT2LMHeadModel(GPT2Config(vocab_size=len(TOKENS), pad_token_id=TOKENS.index(PAD), **sizes, **ends))
    model.save_pretrained(folder)
    return folder


def walk(source: random.Random, length: int, order: float) -> str:
    """Return letters of which a share of `order` is followed by the next of the alphabet, and the others by any."""
    at, letters = source.randrange(len(LETTERS)), list[str]()
    for _ in range(length):
        letters.append(LETTERS[at])
        at = (at + 1 if source.random() < order else source.randrange(len(LETTERS))) % len(LETTERS)
    return " ".join(letters)
