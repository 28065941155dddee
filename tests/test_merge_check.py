"""What ``merge.compare`` finds: answers that are known, for each way in which a model may be another one."""

from __future__ import annotations

import json
from math import isnan, nan, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import weight_files as files
from anet_lite import AnetError, merge
from anet_lite.merge.texts import ADVICE, SENTENCES

if TYPE_CHECKING:
    from pathlib import Path

    from weight_files import Arrays

UP = "blocks.1.up.weight"
BASE = files.base()
A, B = files.moved(BASE, 1), files.moved(BASE, 2)


def compared(folder: Path, *models: Arrays, base: Arrays | None = None, dtype: str = "F32") -> merge.MergeReport:
    paths = [files.model(folder / f"{number}.safetensors", arrays, dtype) for number, arrays in enumerate(models)]
    origin = files.model(folder / "base.safetensors", base, dtype) if base else None
    return merge.compare(paths, origin)


def codes(found: merge.MergeReport) -> list[tuple[str, tuple[str, ...]]]:
    return [(finding.code, finding.tensors) for finding in found.findings]


def changed(arrays: Arrays, **tensors: Any) -> Arrays:
    return {**arrays, **{name.replace("__", "."): value for name, value in tensors.items()}}


def test_fine_tunes_of_one_base_are_ok(tmp_path: Path) -> None:
    found = compared(tmp_path, A, B, base=BASE)
    assert (found.verdict, codes(found)) == ("ok", [])
    (pair,) = found.pairs
    assert abs(pair.change_cosine) < 0.05
    assert pair.ratio == pytest.approx(1, abs=0.05)
    assert pair.balanced_alpha == pytest.approx(0.5, abs=0.02)
    assert pair.conflict == pytest.approx(0.5, abs=0.05)
    assert pair.distance == pytest.approx(0.1 * sqrt(2), rel=0.05)


def test_the_same_file_has_cosine_one_and_distance_zero(tmp_path: Path) -> None:
    found = compared(tmp_path, A, A)
    assert [finding.code for finding in found.findings] == ["unchanged"]
    assert {tensor.cosine for tensor in found.pairs[0].tensors} == {1.0}
    assert found.pairs[0].distance == 0.0


def test_twice_the_weights_are_scaled_by_two(tmp_path: Path) -> None:
    found = compared(tmp_path, A, {name: 2 * array for name, array in A.items()})
    assert found.verdict == "stop"
    assert {finding.code for finding in found.findings} == {"scaled"}
    assert found.findings[0].evidence["factor"] == 2.0
    assert {tensor.cosine for tensor in found.pairs[0].tensors} == {1.0}


def test_a_rescaling_that_cancels_names_both_tensors(tmp_path: Path) -> None:
    other = changed(B, blocks__1__up__weight=4 * B[UP], blocks__1__down__weight=B["blocks.1.down.weight"] / 4)
    found = compared(tmp_path, A, other)
    assert codes(found) == [("scaled", (UP,)), ("scaled", ("blocks.1.down.weight",))]
    assert found.findings[0].evidence["cancels"] == ["blocks.1.down.weight"]
    assert "and blocks.1.down.weight the inverse" in found.findings[0].explain()


@pytest.mark.parametrize("axis", ["rows", "columns"])
def test_permuted_units_of_one_matrix(tmp_path: Path, axis: str) -> None:
    order = np.random.default_rng(0).permutation(64 if axis == "rows" else 32)
    other = changed(B, blocks__1__up__weight=B[UP][order] if axis == "rows" else B[UP][:, order])
    found = compared(tmp_path, A, other, base=BASE)
    assert codes(found) == [("permuted", (UP,))]
    assert found.findings[0].evidence["axis"] == axis
    assert found.findings[0].evidence["best"] > 0.95


def test_three_models_of_other_starts_are_unrelated(tmp_path: Path) -> None:
    found = compared(tmp_path, *(files.base(seed) for seed in (5, 6, 7)))
    assert [(finding.code, finding.models) for finding in found.findings if finding.severity == "stop"] == [
        ("unrelated", ("A", "B")), ("unrelated", ("A", "C")), ("unrelated", ("B", "C")),
    ]  # fmt: skip
    for pair in found.pairs:
        assert all(abs(each.cosine) < 5 / sqrt(np.prod(each.shape)) for each in pair.tensors if each.is_matrix)


def test_a_model_with_all_units_permuted_is_permuted(tmp_path: Path) -> None:
    order = np.random.default_rng(3).permutation(32)
    other = {name: array[..., order] if array.shape[-1] == 32 else array for name, array in B.items()}
    other |= {name: array[order] for name, array in other.items() if name.endswith("down.weight")}
    found = compared(tmp_path, A, files.permuted(files.permuted(other, 0), 1), base=BASE)
    assert [finding.code for finding in found.findings if finding.severity == "stop"] == ["permuted"]
    assert found.findings[0].evidence["moved"] >= 4
    assert "matrices of A and B do not match" in found.findings[0].explain()


def test_a_tensor_of_another_model_is_foreign(tmp_path: Path) -> None:
    found = compared(tmp_path, A, changed(B, blocks__1__up__weight=files.base(9)[UP]), base=BASE)
    assert codes(found) == [("foreign", (UP,))]


def test_opposite_changes_have_cosine_minus_one_and_conflict_one(tmp_path: Path) -> None:
    change = {name: 0.1 * array for name, array in files.base(8).items()}
    models = [{name: BASE[name] + sign * change[name] for name in BASE} for sign in (1, -1)]
    (pair,) = compared(tmp_path, *models, base=BASE).pairs
    assert pair.change_cosine == pytest.approx(-1, abs=1e-5)
    assert pair.conflict == 1.0


def test_a_change_of_four_times_the_size_dominates(tmp_path: Path) -> None:
    change = {name: 0.05 * array for name, array in files.base(8).items()}
    models = [{name: BASE[name] + size * change[name] for name in BASE} for size in (1, 4)]
    found = compared(tmp_path, *models, base=BASE)
    assert (found.verdict, codes(found)) == ("warn", [("one_dominates", ())])
    assert found.findings[0].models == ("B", "A")
    assert found.pairs[0].ratio == pytest.approx(4, rel=1e-4)
    assert found.pairs[0].balanced_alpha == pytest.approx(0.2, rel=1e-4)


def test_a_base_of_another_model_is_wrong(tmp_path: Path) -> None:
    found = compared(tmp_path, A, B, base=files.base(9))
    assert [finding.code for finding in found.findings] == ["wrong_base"]


def test_one_matrix_that_changed_more_is_uneven(tmp_path: Path) -> None:
    other = changed(B, blocks__1__up__weight=BASE[UP] + 5 * (B[UP] - BASE[UP]))
    found = compared(tmp_path, A, other, base=BASE)
    assert (found.verdict, codes(found)) == ("warn", [("uneven_change", (UP,))])
    assert found.findings[0].models == ("B", "A")


@pytest.mark.parametrize(("count", "severity"), [(2, "warn"), (30, "stop")])
def test_swapped_tokens_are_named(tmp_path: Path, count: int, severity: str) -> None:
    embedding = B["embed.weight"].copy()
    embedding[:count] = np.roll(embedding[:count], 1, axis=0)
    found = compared(tmp_path, A, changed(B, embed__weight=embedding))
    assert codes(found) == [("rows_differ", ("embed.weight",))]
    assert (found.verdict, found.findings[0].evidence["count"]) == (severity, count)
    assert found.findings[0].evidence["named"] == list(range(min(16, count)))
    assert "ids 0, 1" in found.findings[0].explain()


def test_numbers_that_are_not_finite_are_found_in_models_and_base(tmp_path: Path) -> None:
    bad, base = changed(A, head__weight=A["head.weight"].copy()), changed(BASE, norm__weight=BASE["norm.weight"].copy())
    bad["head.weight"][0, :3] = nan
    base["norm.weight"][0] = np.inf
    found = compared(tmp_path, bad, B, base=base)
    stops = [(each.code, each.models, each.evidence) for each in found.findings if each.severity == "stop"]
    assert stops == [("not_finite", ("base",), {"count": 1}), ("not_finite", ("A",), {"count": 3})]


@pytest.mark.parametrize("arrays", [(A, changed(B, **{"blocks__1__up__weight": 0 * B[UP]}))])
def test_a_zeroed_tensor_is_found(tmp_path: Path, arrays: tuple[Arrays, Arrays]) -> None:
    found = compared(tmp_path, *arrays)
    assert [(each.code, each.models) for each in found.findings] == [("all_zero", ("B", "A"))]
    assert isnan(found.pairs[0].tensors[4].cosine)


def test_a_bias_of_zeros_is_a_fault_only_where_the_base_has_another(tmp_path: Path) -> None:
    bias = changed(B, blocks__1__up__bias=np.zeros(64))
    assert compared(tmp_path, A, bias, base=BASE).verdict == "ok"
    assert compared(tmp_path, A, bias, base=changed(BASE, blocks__1__up__bias=np.ones(64))).verdict == "stop"


def test_missing_tensors_shapes_and_vocabularies_are_told(tmp_path: Path) -> None:
    other = {name: array for name, array in B.items() if "blocks.2" not in name}
    other = changed(other, embed__weight=np.ones((301, 32)), blocks__1__up__weight=np.ones((60, 32)))
    found = compared(tmp_path, A, other)
    assert [each.code for each in found.findings] == ["missing", "shape", "shape"]
    assert (found.findings[0].models, len(found.findings[0].tensors)) == (("B", "A"), 3)
    assert [each.evidence["vocabulary"] for each in found.findings[1:]] == [True, False]


def test_f16_near_its_end_is_told(tmp_path: Path) -> None:
    arrays = {**A, "blocks.0.up.bias": np.full(64, 40_000.0)}
    found = compared(tmp_path, arrays, arrays, dtype="F16")
    assert ("near_overflow", ("blocks.0.up.bias",)) in codes(found)


def test_rounding_is_measured_as_numpy_measures_it(tmp_path: Path) -> None:
    for dtype in ("BF16", "F16"):
        models = [files.moved(BASE, seed, 0.003) for seed in (1, 2)]
        (pair,) = (found := compared(tmp_path, *models, base=BASE, dtype=dtype)).pairs
        (stored_a, stored_b, stored_o) = (stored(arrays, dtype) for arrays in (*models, BASE))
        lost = changed_squares = 0.0
        for name in BASE:
            middle = (stored_a[name] + stored_b[name]) / 2
            lost += float(((stored({name: middle}, dtype)[name] - middle) ** 2).sum())
            changed_squares += float(((middle - stored_o[name]) ** 2).sum())
        # One segment in eight is looked at, of which small tensors have one.
        assert pair.rounding == pytest.approx(sqrt(lost / changed_squares), rel=0.2)
        assert ("rounding" in [each.code for each in found.findings]) == (dtype == "BF16")


def stored(arrays: Arrays, dtype: str) -> Arrays:
    """Return arrays as a file of a type holds them."""
    if dtype == "F16":
        return {name: array.astype(np.float16).astype(float) for name, array in arrays.items()}
    widened = {
        name: np.frombuffer(files.as_type(array, dtype), "<u2").astype("<u4") << 16 for name, array in arrays.items()
    }
    return {name: bits.view("<f4").astype(float).reshape(arrays[name].shape) for name, bits in widened.items()}


def test_notes_do_not_count_for_the_verdict(tmp_path: Path) -> None:
    ids = ("I64", (2,), b"\0" * 16)
    arrays = {name: ("F32", array.shape, files.as_type(array, "F32")) for name, array in A.items()}
    first = files.write(tmp_path / "a", {**arrays, "ids": ids})
    arrays["head.weight"] = ("BF16", A["head.weight"].shape, files.as_type(B["head.weight"], "BF16"))
    second = files.write(tmp_path / "b", {**arrays, "ids": ids})
    origin = files.model(tmp_path / "o", {name: array for name, array in BASE.items() if name != "norm.weight"})
    found = merge.compare([first, second], origin)
    assert [(each.code, each.tensors) for each in found.findings] == [
        ("dtype", ("head.weight",)), ("not_in_base", ("norm.weight",)), ("not_compared", ("ids",)),
    ]  # fmt: skip
    assert found.verdict == "ok"
    assert "1 tensors were not compared, since they are of other types (I64): ids." in found.explain()


def test_a_net_without_matrices_is_not_judged(tmp_path: Path) -> None:
    found = compared(tmp_path, {"w": np.ones(5)}, {"w": np.arange(5.0)})
    assert [each.code for each in found.findings] == ["not_judged"]


def test_what_is_of_one_model_is_told_once_for_three(tmp_path: Path) -> None:
    bad = changed(A, norm__weight=np.full(32, nan))
    found = compared(tmp_path, bad, B, A)
    assert [each.models for each in found.findings if each.code == "not_finite"] == [("A",)]


def test_measures_are_numpys(tmp_path: Path) -> None:
    found = compared(tmp_path, A, B, base=BASE, dtype="F64")
    for tensor in found.pairs[0].tensors:
        a, b, o = (arrays[tensor.name] for arrays in (A, B, BASE))
        t, u = a - o, b - o
        assert tensor.cosine == pytest.approx((a * b).sum() / sqrt((a * a).sum() * (b * b).sum()), abs=1e-6)
        assert tensor.distance == pytest.approx(
            sqrt(((a - b) ** 2).sum() * 2 / ((a * a).sum() + (b * b).sum())), rel=1e-5
        )
        assert tensor.change_cosine == pytest.approx((t * u).sum() / sqrt((t * t).sum() * (u * u).sum()), abs=1e-5)
        assert tensor.change_ratio == pytest.approx(sqrt((u * u).sum() / (t * t).sum()), rel=1e-5)
        assert tensor.largest == pytest.approx((abs(a).max(), abs(b).max()), rel=1e-6)


@given(
    st.lists(st.floats(width=32), min_size=64, max_size=64),
    st.lists(st.floats(width=32), min_size=64, max_size=64),
    st.sampled_from(["F64", "F32", "F16", "BF16"]),
)
def test_whatever_numbers_come_there_is_a_report(first: list[float], second: list[float], dtype: str) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder, np.errstate(over="ignore", invalid="ignore"):
        arrays = [{"w": np.array(values).reshape(8, 8)} for values in (first, second)]
        found = compared(Path(folder), *arrays, dtype=dtype)
    (tensor,) = found.pairs[0].tensors
    assert isnan(tensor.cosine) or -1 <= tensor.cosine <= 1
    assert tensor.not_finite[0] >= sum(not np.isfinite(x) for x in first)
    json.dumps(found.to_dict())
    assert all(found.explain(lang) for lang in ("en", "ja"))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_code_has_words_in_both_languages(lang: str) -> None:
    other = "ja" if lang == "en" else "en"
    assert SENTENCES[lang].keys() == SENTENCES[other].keys()
    assert ADVICE[lang].keys() == ADVICE[other].keys()


def test_without_a_base_nothing_is_said_of_changes(tmp_path: Path) -> None:
    (pair,) = compared(tmp_path, A, B).pairs
    for each in (pair, *pair.tensors):
        assert isnan(each.change_cosine)
        assert isnan(each.conflict)
    assert isnan(pair.ratio)
    assert isnan(pair.balanced_alpha)


def test_a_language_without_words_is_refused(tmp_path: Path) -> None:
    found = compared(tmp_path, A, B)
    with pytest.raises(AnetError, match="lang must be 'en' or 'ja', got 'fr'"):
        found.explain("fr")


def test_a_picture_is_drawn_for_models_with_and_without_a_base(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    for name, base in (("with.png", BASE), ("without.png", None)):
        compared(tmp_path, A, changed(B, norm__weight=np.full(32, nan)), base=base).plot(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")
