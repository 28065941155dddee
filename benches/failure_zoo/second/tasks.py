"""What the second zoo learns beside the first one's tasks: a short text by heart, and letters for a reward."""

from __future__ import annotations

from typing import Callable

import numpy as np

from failure_zoo import autograd as ag
from failure_zoo.autograd import Array, Node
from failure_zoo.models import Model, Parameters, mlp, transformer
from failure_zoo.tasks import Batch, Task

LETTERS, PLACES = 6, 4
#: Weights of the divergence and of the entropy in a policy's loss.
KL, ENTROPY = 0.15, 0.25


class Text(Task):
    """Next letter of a Markov text, and every 25 steps the loss of texts that are not learned; few are known by heart.

    `texts` is the number of texts of twelve letters.
    """

    named = ("eval_loss",)

    def __init__(self, rng: np.random.Generator, **options: object) -> None:
        texts = int(options["texts"])  # type: ignore[call-overload]
        table = rng.dirichlet(np.full(12, 0.25), (12, 12))
        letters = [0, 1]
        for _ in range((texts + 64) * 13):
            letters.append(int(rng.choice(12, p=table[letters[-2], letters[-1]])))
        whole = np.asarray(letters[: (texts + 64) * 13]).reshape(-1, 13)
        x, y = whole[:, :-1], whole[:, 1:]
        super().__init__(Model(*transformer(12, 12, 24), rng), x[:texts], y[:texts], ag.cross_entropy)
        self.unseen, self.calls = (x[texts:], y[texts:]), 0

    def gradient(self, batch: Batch) -> tuple[float, Array]:
        due = self.calls % 25 == 24
        self.measured = (float(self.loss(self.model.nodes(), self.unseen).data) if due else float("nan"),)
        self.calls += 1
        return super().gradient(batch)


class Letters(Task):
    """GRPO: a net writes four letters for a context, eight answers each; the share of right ones is the reward.

    With `enough`, an answer with so many right ones earns 1, any other 0. The Kullback-Leibler divergence keeps the
    policy near its beginning, a bonus its entropy. The loss is told with the weights that were meant, the gradient has
    those that are: a mistake shows only by what it does.
    """

    named = ("reward", "kl", "entropy")
    group = 8

    def __init__(self, rng: np.random.Generator, **options: object) -> None:
        kinds = rng.normal(0, 1, (int(options["contexts"]), 8))  # type: ignore[call-overload]
        wanted = rng.integers(0, LETTERS, (len(kinds), PLACES))
        at = rng.integers(0, len(kinds), 2048)
        x = kinds[at] + 0.1 * rng.normal(0, 1, (2048, 8))
        model = Model(*mlp([8, 32, LETTERS * PLACES], "tanh"), rng)
        model.flat[model.slices()["weight1"]] *= np.float32(0.3)
        super().__init__(model, x.astype(np.float32), wanted[at], ag.mean_square)
        self.enough, self.start, self.rng = options.get("enough"), model.flat.copy(), rng
        self.kl_weight, self.entropy_weight, self.reward_scale, self.direction = KL, ENTROPY, 1.0, 1

    def loss(self, nodes: Parameters, batch: Batch) -> Node:
        x = np.repeat(batch[0], self.group, 0)
        logits = self._letters(self.model.forward(nodes, x))
        log_p = _log_softmax(logits.data)
        log_q = _log_softmax(self._letters(self.model.forward(self.model.nodes(self.start), x)).data)
        p, kl, entropy = np.exp(log_p), _spread(log_p, log_p - log_q), -_spread(log_p, log_p)
        written = np.eye(LETTERS, dtype=np.float32)[self._write(p)]
        gain = self._advantage(written.argmax(-1), np.repeat(batch[1], self.group, 0))
        self.measured = (self.reward, float(kl.mean()), float(entropy.mean()))
        slope = -gain[:, None, None] * (written - p)
        slope = slope + self.kl_weight * p * (log_p - log_q - kl[..., None])
        slope = slope + self.entropy_weight * p * (log_p + entropy[..., None])
        value = -gain.mean() + KL * kl.mean() - ENTROPY * entropy.mean()
        slope = (slope / kl.size).astype(np.float32)
        return Node(np.float32(value), lambda g: logits.receive(g * slope))

    def _letters(self, out: Node) -> Node:
        return ag.reshape(out, len(out.data), PLACES, LETTERS)

    def _write(self, p: Array) -> Array:
        """Letters drawn from their probabilities."""
        return (p.cumsum(-1) < self.rng.random((*p.shape[:2], 1))).sum(-1).clip(max=LETTERS - 1)

    def _advantage(self, written: Array, wanted: Array) -> Array:
        """Rewards against those of their group, in its standard deviations."""
        right = written == wanted
        reward = self.reward_scale * (right.mean(1) if self.enough is None else right.sum(1) >= self.enough)
        self.reward = float(reward.mean())
        each = reward.reshape(-1, self.group)
        return self.direction * ((each - each.mean(1, keepdims=True)) / (each.std(1, keepdims=True) + 1e-4)).ravel()


def _log_softmax(z: Array) -> Array:
    shifted = z - z.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def _spread(log_p: Array, of: Array) -> Array:
    """The mean of `of` under the probabilities."""
    return (np.exp(log_p) * of).sum(-1)


TASKS: dict[str, Callable[..., Task]] = {"text": Text, "letters": Letters}
