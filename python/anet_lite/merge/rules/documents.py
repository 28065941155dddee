"""What stands beside the weights: the config, the tokenizer, and the base that an adapter names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._native import AnetValueError
from anet_lite.merge.finding import Finding
from anet_lite.merge.models.documents import beside, document, entries, mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.merge.rules.pair import Pair

_KEYS = (
    "model_type", "hidden_size", "n_embd", "intermediate_size", "num_attention_heads", "n_head", "num_key_value_heads",
    "num_hidden_layers", "n_layer", "head_dim", "rope_theta", "rope_scaling", "rope_parameters", "rms_norm_eps",
    "layer_norm_eps", "layer_norm_epsilon", "hidden_act", "hidden_activation", "activation_function",
    "tie_word_embeddings", "vocab_size",
)  # fmt: skip
"""What of a config changes what the weights mean."""
_INNER = "text_config"
"""Where a model of texts and images keeps those of its texts."""


def config(pair: Pair) -> Iterator[Finding]:
    """Find entries that change what the weights mean, where both configs have them."""
    read = _both(pair, "config.json")
    if isinstance(read, Finding):
        yield read
    elif read is not None:
        first, second = map(_entries, read)
        for key in _KEYS:
            if key in first and key in second and first[key] != second[key]:
                said = {"key": key, "first": first[key], "second": second[key]}
                yield Finding("config", "warn", pair.letters, (), said)
    first, second = (model.adapter.base if model.adapter else "" for _, model in pair.models)
    if first and second and first != second:
        said = {"key": "base_model_name_or_path", "first": first, "second": second}
        yield Finding("config", "warn", pair.letters, (), said)


def _entries(config: dict[str, Any]) -> dict[str, Any]:
    return {**config, **mapping(config.get(_INNER))}


def tokenizer(pair: Pair) -> Iterator[Finding]:
    """Find ids that stand for other tokens, by the ``tokenizer.json`` of both."""
    read = _both(pair, "tokenizer.json")
    if isinstance(read, Finding):
        yield read
    elif read is not None:
        first, second = map(tokens_of, read)
        other = sorted(number for number in first.keys() & second.keys() if first[number] != second[number])
        if other:
            said = {"count": len(other), "id": other[0], "first": first[other[0]], "second": second[other[0]]}
            yield Finding("tokenizer", "stop", pair.letters, (), said)


def tokens_of(tokenizer: dict[str, Any]) -> dict[int, str]:
    """Return the token of each id: those of the model, whatever its kind, and those that were added."""
    vocabulary = mapping(tokenizer.get("model")).get("vocab")
    tokens = {number: token for token, number in mapping(vocabulary).items() if isinstance(number, int)}
    for number, piece in enumerate(entries(vocabulary)):  # a token and its score
        if entries(piece):
            tokens[number] = str(piece[0])
    for entry in map(mapping, entries(tokenizer.get("added_tokens"))):
        if isinstance(entry.get("id"), int):
            tokens[entry["id"]] = str(entry.get("content"))
    return tokens


def _both(pair: Pair, name: str) -> tuple[dict[str, Any], dict[str, Any]] | Finding | None:
    """Return a document of both models; a finding where it cannot be read, or one lacks it; None where both do."""
    paths = [beside(model.folder, name) for _, model in pair.models]
    if paths[0] is None or paths[1] is None:
        lacks = [letter for letter, path in zip(pair.letters, paths) if path is None]
        return Finding("not_read", "note", tuple(lacks), (), {"file": name}) if len(lacks) == 1 else None
    try:
        return document(paths[0]), document(paths[1])
    except (AnetValueError, OSError) as error:
        return Finding("not_read", "warn", pair.letters, (), {"file": name, "reason": str(error)})
