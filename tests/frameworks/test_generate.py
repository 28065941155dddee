"""A tiny model that generates under watch: healthy, it is silent; broken, it is told with its cause."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from watched import Log

from anet_lite import Guard, Recorder, Stop
from anet_lite.integrations.inference import CallWatch, GenerationWatch, watch_generate
from anet_lite.integrations.inference.tokens.repeats import looping, repeated_grams
from generation.model import END, generator, prompts

if TYPE_CHECKING:
    from transformers import GPT2LMHeadModel

    from anet_lite.diagnosis import AlarmReport

NEEDS = ("torch", "transformers")
TIMES = {"tokens_per_s", "first_token_s"}
"""Signals of the machine, on which other programs run too."""
HEALTHY, BROKEN, TOKENS = 14, 7, 64
"""Calls before and after a fault, and the most tokens of one."""


@pytest.fixture(scope="module")
def model() -> GPT2LMHeadModel:
    return generator()


def ask(model: Any, seed: int, **options: Any) -> Any:
    """Let the model go on with eight texts."""
    torch.manual_seed(seed)
    texts = prompts(8, seed)
    settings = {"do_sample": True, "max_new_tokens": TOKENS, **options}
    return model.generate(texts, attention_mask=torch.ones_like(texts), **settings)


@pytest.fixture(scope="module")
def learnt(model: GPT2LMHeadModel) -> dict[str, Any]:
    """What a watch has learned of a healthy model, which alarms nothing."""
    with watch_generate(model) as watch:
        for seed in range(HEALTHY):
            ask(model, seed)
    assert [alarm.to_dict() for alarm in watch.alarms if alarm.signal not in TIMES] == []
    assert (watch.failures, watch.calls) == (0, HEALTHY)
    return watch.state_dict()


def broken(model: Any, learnt: dict[str, Any], calls: int = BROKEN, **options: Any) -> dict[str, AlarmReport]:
    """Go on with a model or settings that are broken; what each signal's first alarm is explained by."""
    told: dict[str, AlarmReport] = {}

    def explain(snapshot: Any) -> None:
        for alarm in snapshot.alarms:
            told.setdefault(alarm.signal, snapshot.explain())

    with watch_generate(model, on_snapshot=explain) as watch:
        watch.load_state_dict(learnt)
        for seed in range(100, 100 + calls):
            ask(model, seed, **options)
    assert watch.failures == 0
    return {signal: found for signal, found in told.items() if signal not in TIMES}


def causes(found: AlarmReport) -> list[str]:
    return [cause.name for cause in found.causes[:3]]


def test_a_loop_is_told_in_the_first_call_that_repeats_itself(model, learnt):
    told = broken(model, learnt, calls=2, do_sample=False, max_new_tokens=128, suppress_tokens=[END])
    found = told["looping_sequences"]
    assert causes(found)[0] == "degenerate_loop"
    assert "inference is failing" in found.paragraph
    assert "looping_sequences is" in found.paragraph


def test_a_temperature_that_is_too_high_shows_in_the_surprisal_of_what_was_chosen(model, learnt):
    told = broken(model, learnt, temperature=2.0)
    assert causes(told["surprisal_excess"])[0] == "temperature_too_high"


def test_a_broken_adapter_is_told_by_the_models_own_distribution(model, learnt):
    peft = pytest.importorskip("peft")
    torch.manual_seed(1)
    adapted = peft.get_peft_model(model, peft.LoraConfig(r=4, target_modules=["c_fc"], fan_in_fan_out=True))
    try:
        for name, weight in adapted.named_parameters():
            if "lora_B" in name:
                torch.nn.init.normal_(weight, std=1.0)
        told = broken(adapted, learnt, calls=40)  # whose texts are short
    finally:
        adapted.unload()
    first = next(iter(told.values()))
    assert "broken_weights" in causes(first)
    assert "adapter" in first.paragraph


def test_weights_of_another_scale_are_told_without_an_adapter_too(model, learnt):
    weight = model.transformer.h[0].mlp.c_proj.weight
    kept = weight.detach().clone()
    try:
        weight.data.mul_(-8)
        told = broken(model, learnt)
    finally:
        weight.data.copy_(kept)
    assert causes(told["token_entropy"])[0] == "broken_weights"


def test_logits_that_are_not_finite_are_told_at_once_though_the_call_raises(model):
    weight = model.transformer.h[0].mlp.c_proj.weight
    kept = weight.detach().clone()
    log = Log()
    with watch_generate(model, guard=Guard(Stop()), trackers=[log]) as watch:
        try:
            weight.data[0, 0] = torch.nan
            with pytest.raises(RuntimeError, match="probability tensor"):
                ask(model, 0)
        finally:
            weight.data.copy_(kept)
        assert (watch.status, watch.should_stop) == ("failing", True)
        assert [alarm.signal for alarm in watch.alarms] == ["nonfinite_logits"]
        assert watch.snapshot.explain().causes[0].name == "broken_weights"
        assert "logitsが有限でない" in watch.snapshot.explain("ja").paragraph
        assert watch.snapshot.explain("ja").paragraph.count("推論は異常です") == 1
    assert len(log.seen) == 1
    assert log.flushed


def test_records_and_explanations_are_those_of_a_run(model, tmp_path):
    with Recorder(tmp_path / "serving.jsonl") as recorder, watch_generate(model, on_snapshot=recorder.write) as watch:
        ask(model, 3, max_new_tokens=33)
    assert watch.snapshot is not None
    rows = [json.loads(line) for line in (tmp_path / "serving.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows] == [16, 32]
    assert all(0 < row["token_entropy"] < 3.5 and 0 < row["token_margin"] < 1 for row in rows)
    assert all(-2 < row["surprisal_excess"] < 2 and row["nonfinite_logits"] == 0 for row in rows)


def test_the_numbers_are_those_of_a_plain_loop(model):
    seen: list[Any] = []
    with watch_generate(model, every=16, on_snapshot=seen.append):
        output = ask(model, 5, max_new_tokens=16)
    with torch.no_grad():
        logits = model(output[:, :-1]).logits[:, 3:].double().log_softmax(-1)
    generated = output[:, 4:]
    live = torch.stack([(generated[:, :at] != END).all(1) for at in range(16)], 1)
    entropy = -(logits.exp() * logits).sum(-1)
    top = logits.exp().topk(2).values
    surprisal = -logits.gather(2, generated[..., None])[..., 0]
    (snapshot,) = seen
    wanted = {
        "token_entropy": entropy[live].mean(),
        "token_margin": (top[..., 0] - top[..., 1])[live].mean(),
        "surprisal_excess": (surprisal - entropy)[live].mean(),
        "end_probability": logits.exp()[..., END][live].mean(),
    }
    for name, value in wanted.items():
        assert snapshot.signals[name] == pytest.approx(float(value), rel=1e-4, abs=1e-5)


def test_tokens_and_unfinished_sequences_are_counted_once_a_call(model):
    seen: list[Any] = []
    with watch_generate(model, every=1, on_snapshot=seen.append) as watch:
        output = ask(model, 5)
        watch.flush()
        ask(model, 6, max_new_tokens=2)
    generated = output[:, 4:]
    lengths = [next((at + 1 for at, word in enumerate(text) if word == END), len(text)) for text in generated.tolist()]
    told = next(snapshot.signals for snapshot in seen if "output_tokens" in snapshot.signals)
    assert told["output_tokens"] == sum(lengths) / 8
    assert told["unfinished_share"] == float((generated != END).all(1).float().mean())


def test_an_end_that_is_forbidden_has_no_probability(model):
    seen: list[Any] = []
    with watch_generate(model, every=4, on_snapshot=seen.append):
        ask(model, 5, max_new_tokens=4, suppress_tokens=[END])
    assert seen[0].signals["end_probability"] == 0.0


@pytest.mark.parametrize(
    "options",
    [
        {"num_beams": 3, "do_sample": False},
        {"num_beams": 2, "num_return_sequences": 2},
        {"do_sample": False, "return_dict_in_generate": True, "output_scores": True},
        {"num_return_sequences": 3, "top_k": 5, "repetition_penalty": 1.2},
        {"prompt_lookup_num_tokens": 3, "do_sample": False},
    ],
)
def test_every_way_of_decoding_gives_what_it_gives_unwatched(model, options):
    if "prompt_lookup_num_tokens" in options:
        texts = torch.tensor([[1, 2, 3, 4, 5, 6, 1, 2, 3]])
        options = {"max_new_tokens": 40, **options}
        plain = model.generate(texts, attention_mask=torch.ones_like(texts), **options)
        with watch_generate(model) as watch:
            watched = model.generate(texts, attention_mask=torch.ones_like(texts), **options)
    else:
        plain = ask(model, 9, max_new_tokens=40, **options)
        with watch_generate(model) as watch:
            watched = ask(model, 9, max_new_tokens=40, **options)
    plain, watched = (getattr(output, "sequences", output) for output in (plain, watched))
    assert torch.equal(plain, watched)
    assert watch.failures == 0
    assert 0 < watch.snapshot.signals["token_entropy"] < 3.5
    assert ("surprisal_excess" in watch.snapshot.signals) == ("num_beams" not in options)
    assert "generate" not in vars(model)


def test_a_pipeline_is_watched_through_its_model(model):
    transformers = pytest.importorskip("transformers")
    words = {f"w{at}": at for at in range(32)}
    tokenizers = pytest.importorskip("tokenizers")
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="w1"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="w0", pad_token="w0")
    pipe = transformers.pipeline("text-generation", model=model, tokenizer=fast)
    with watch_generate(model) as watch:
        pipe("w3 w5", max_new_tokens=20, do_sample=True)
    assert (watch.calls, watch.failures) == (1, 0)


def test_a_loop_of_ones_own_takes_a_tap(model):
    watch = GenerationWatch(every=8)
    tap, tokens = watch.begin(ends=[END]), prompts(2, 1)
    for _ in range(17):
        with torch.no_grad():
            logits = model(tokens).logits[:, -1]
        tap(tokens, logits)
        tokens = torch.cat([tokens, torch.full((2, 1), 7)], 1)
    tap.finish(tokens)
    watch.flush()
    assert watch.snapshot.signals["token_repetition"] == 1.0
    assert watch.failures == 0


class Waits(TorchDispatchMode):
    """Notes what would wait for a device: a number that is fetched, a shape that depends on values."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if any(name in str(func) for name in ("local_scalar", "nonzero", "masked_select", "aten.index.Tensor")):
            self.found.append(str(func))
        return func(*args, **(kwargs or {}))


def test_nothing_waits_for_the_device_at_a_token():
    tap, tokens = GenerationWatch(every=8).begin(ends=[END]), torch.randint(1, 32, (4, 100))
    with Waits() as waits:
        for at in range(4, 100):
            tap(tokens[:, :at], torch.randn(4, 32))
    assert waits.found == []


def test_tensors_of_a_call_are_read_with_the_next():
    with CallWatch(every=2) as watch:
        score = watch.watched(lambda value: {"scores": torch.full((2, 3), value), "text": "x"})
        for value in (1.0, 3.0, torch.nan, 0.0, 0.0):
            score(value)
    assert watch.failures == 0
    assert [alarm.signal for alarm in watch.alarms] == ["nonfinite_outputs"]
    assert watch.alarms[0].value == 6


def test_nothing_of_the_watch_raises_into_a_call(model, caplog):
    def fail(_: Any) -> None:
        raise RuntimeError("the callback is broken")

    with watch_generate(model, on_snapshot=fail) as watch:
        assert ask(model, 1, max_new_tokens=40).shape[0] == 8
    assert watch.failures > 1
    assert caplog.text.count("failed, inference goes on; this is said once") == 1


def test_grams_and_loops_by_hand():
    ids = torch.tensor([[1, 2, 3, 4, 1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]])
    live = torch.ones_like(ids, dtype=torch.bool)
    repeated, grams = repeated_grams(ids, live, 3)
    assert (int(repeated), int(grams)) == (1, 6)
    period = torch.tensor([[9, 9, *[1, 2, 3] * 24]])
    for length, wanted in ((64, 1), (69, 1), (70, 0)):
        assert int(looping(period, torch.ones_like(period, dtype=torch.bool), length)) == wanted
    assert int(looping(period, torch.zeros_like(period, dtype=torch.bool), 64)) == 0
