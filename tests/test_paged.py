"""Manifests and pages: what is stored piece by piece goes on as what never stopped."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anet_lite import AnetError, Monitor, StreamDetector, StreamScorer

NAN = float("nan")


def scorer():
    return StreamScorer(window=4, scales=[3, 40], max_positions=8)


def detector():
    return StreamDetector(channels=2)


def monitor():
    return Monitor(5.0)


def rows_for(make, numbers):
    """The same numbers as rows of each class; one in seven is absent."""
    absent = [None if number == 0.5 else number for number in numbers]
    if make is scorer:
        return absent
    if make is detector:
        return np.array([(number, 1.0 if number is None else -number) for number in absent], float).reshape(-1, 2)
    return [(number, 1.0, None, None, 1e-3) for number in absent]


def take_in(make, live, rows, order):
    """Take rows with their order."""
    return live.update_many(rows, order) if make is monitor else live.push_many(rows, order)


def bits_of(make, answer):
    """Return what came out as something that compares equal bit by bit."""
    if make is scorer:
        return [answer.combined.tobytes(), *(column.tobytes() for column in answer.per_scale.values())]
    if make is detector:
        return [answer.score.tobytes(), answer.p_value.tobytes(), answer.channel.tobytes()]
    return [(status, [(a.rule, a.row, repr(a.value), repr(a.strength)) for a in alarms]) for status, alarms in answer]


numbers = st.lists(st.one_of(st.floats(-4, 4), st.just(0.5), st.just(NAN), st.just(math.inf)), max_size=40)
acts = st.lists(st.one_of(numbers, st.sampled_from(["save", "save small", "stop"])), max_size=12)


@pytest.mark.parametrize("make", [scorer, detector, monitor])
@given(acts=acts)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_whatever_is_scored_saved_and_dropped_goes_on_as_if_it_had_never_stopped(make, acts):
    twin, live, store, manifest, unsaved, at = make(), make(), {}, None, [], 0
    for act in acts:
        if act == "stop":
            live = make()
            if manifest is not None:
                live.restore(manifest, store)
            first = at - len(unsaved)
            take_in(make, live, rows_for(make, unsaved), range(first, at))
        elif isinstance(act, str):
            store.update(live.changed_pages(*([300] if "small" in act else [])))
            manifest, unsaved = live.manifest(), []
        else:
            order = range(at, at + len(act))
            rows = rows_for(make, act)
            assert bits_of(make, take_in(make, live, rows, order)) == bits_of(make, take_in(make, twin, rows, order))
            at, unsaved = at + len(act), unsaved + act
        assert live.manifest()[16:41] == twin.manifest()[16:41]
    assert live.last_order == twin.last_order == (at - 1 if at else None)


@pytest.mark.parametrize("make", [scorer, detector, monitor])
def test_every_way_to_take_a_sample_is_an_event(make):
    ways = {
        scorer: [lambda s: s.push(1.0), lambda s: s.push_many([1.0])],
        detector: [lambda s: s.push([1.0, 2.0]), lambda s: s.push_many([[1.0, 2.0]])],
        monitor: [lambda s: s.update(1.0), lambda s: s.update_many([1.0]), lambda s: s.update_many([[1.0]])],
    }
    manifests = {make().manifest()}
    for way in ways[make]:
        stream = make()
        way(stream)
        manifests.add(stream.manifest())
    assert len(manifests) == 2, "all ways must give one manifest, and not that of a stream that has seen nothing"


@pytest.mark.parametrize(
    "happens",
    [
        lambda monitor: monitor.note("a new learning rate"),
        lambda monitor: monitor.group("head"),
        lambda monitor: monitor.group("head").update(1.0),
        lambda monitor: monitor.group("body").update(1.0),
        lambda monitor: monitor.update(None, 1.0),
        lambda monitor: monitor.update(1.0, step=3),
        lambda monitor: monitor.update(1.0),
    ],
)
def test_whatever_happens_to_a_monitor_changes_its_manifest_and_survives(happens):
    live = Monitor()
    before = live.manifest()
    happens(live)
    assert live.manifest() != before
    restored = Monitor()
    restored.restore(live.manifest(), live.changed_pages())
    assert restored.manifest() == live.manifest()
    assert restored.state_dict() == live.state_dict()


def test_alarms_of_a_group_wait_in_the_pages_for_the_next_row():
    def until_an_alarm_waits():
        monitor = Monitor()
        for step in range(100):
            monitor.group("head").update(1.0 / (1 + step))
            monitor.update(1.0 / (1 + step))
        monitor.group("head").update(NAN)
        return monitor

    live, restored = until_an_alarm_waits(), Monitor()
    restored.restore(live.manifest(), live.changed_pages())
    alarms = restored.update(0.01).alarms
    assert [alarm.groups for alarm in alarms] == [["head"]]
    assert [repr(alarm) for alarm in alarms] == [repr(alarm) for alarm in live.update(0.01).alarms]


def test_a_monitor_keeps_its_reference_through_a_restore():
    good = Monitor()
    good.update_many(np.linspace(2, 1, 300))
    reference = good.reference("a good run")
    live, restored = Monitor(reference=reference), Monitor(reference=reference)
    live.update_many(np.linspace(2, 1.5, 100))
    restored.restore(live.manifest(), live.changed_pages())
    names = set()
    for _ in range(16):
        live.update(90.0)
        restored.update(90.0)
        names |= live.scores().keys()
        assert restored.scores() == live.scores()
    assert any("early" in name for name in names), names
    with pytest.raises(AnetError, match=r"^state was saved with reference [0-9a-f]{16}, this object has reference"):
        Monitor().restore(live.manifest(), live.changed_pages(300))


def test_a_copy_has_the_manifest_of_its_original():
    from copy import copy

    live = detector()
    live.push_many([[1.0, 2.0]], [7])
    assert copy(live).manifest() == live.manifest()
    assert copy(live).last_order == 7


def saved(make):
    live = make()
    take_in(make, live, rows_for(make, np.sin(np.arange(300.0)).tolist()), range(300))
    return live.changed_pages(), live.manifest()


@pytest.mark.parametrize("make", [scorer, detector, monitor])
def test_a_refused_restore_says_why_and_changes_nothing(make):
    pages, manifest = saved(make)
    other_version = manifest[:4] + b"\x09\x00" + manifest[6:]
    number = max(pages)
    changed = pages | {number: pages[number][:-1] + bytes([pages[number][-1] ^ 1])}
    missing = {key: page for key, page in pages.items() if key != number}
    wrong_number = missing | {number + 5: pages[number]}
    for bad_manifest, bad_pages, text in [
        (b"PK", pages, 'manifest must begin with the bytes "ANEM": this is not a manifest of a paged state'),
        (other_version, pages, "state has format version 9, this build reads version 7"),
        (manifest[:-1] + bytes([manifest[-1] ^ 1]), pages, "manifest is damaged: its bytes were changed"),
        (manifest, changed, f"page {number} is damaged: its bytes were changed"),
        (manifest, wrong_number, f"page {number + 5} is damaged: its bytes were changed"),
        (manifest, missing, f"pages are not those of this manifest: it has {len(pages)}, {len(pages) - 1} present"),
        (manifest, {}, f"pages are not those of this manifest: it has {len(pages)}, 0 present"),
    ]:
        live = make()
        before = live.manifest()
        with pytest.raises(ValueError, match=r".") as caught:
            live.restore(bad_manifest, bad_pages)
        assert str(caught.value) == text
        assert live.manifest() == before


def test_a_manifest_of_another_class_is_refused_by_name():
    with pytest.raises(ValueError, match=r"^state holds a StreamScorer, wanted a StreamDetector$"):
        detector().restore(*reversed(saved(scorer)))


@pytest.mark.parametrize(
    ("call", "kind", "text"),
    [
        (lambda: scorer().restore("text", {}), TypeError, "manifest must be bytes, got str"),
        (lambda: scorer().restore(b"", [b""]), TypeError, "pages must be a mapping of bytes by number, got list"),
        (lambda: scorer().restore(b"", {0: "x"}), TypeError, "page must be bytes, got str"),
        (lambda: scorer().restore(b"", {"0": b""}), TypeError, "page number must be an integer, got str"),
        (
            lambda: scorer().restore(b"", {-1: b""}),
            ValueError,
            "page number must be at least 0 and fit 64 bits, got -1",
        ),
        (lambda: scorer().changed_pages(9), ValueError, "page_bytes must be from 256 to 1048576, got 9"),
        (lambda: scorer().changed_pages(1e3), TypeError, "page_bytes must be an integer, got float"),
        (lambda: scorer().push_many([1.0], 7), TypeError, "order must be a sequence of integers, got int"),
        (lambda: scorer().push_many([1.0], [1.5]), TypeError, "order must be an integer, got float"),
        (lambda: scorer().push_many([1.0], [2**70]), ValueError, f"order must fit 64 bits, got {2**70}"),
        (
            lambda: detector().push_many([[1.0, 1.0]], []),
            ValueError,
            "order and values must have the same length, got 0 and 1",
        ),
        (lambda: monitor().update_many(7), TypeError, "rows must be a sequence of rows, got int"),
        (lambda: monitor().update_many(["7"]), TypeError, "rows[0] must be a sequence of signals, got str"),
        (lambda: monitor().update_many([[1.0, "x"]]), TypeError, "rows[0] grad_norm must be a real number, got str"),
        (lambda: monitor().update_many([[1.0] * 6]), ValueError, "rows[0] must hold at most 5 signals, got 6"),
    ],
)
def test_wrong_arguments_are_named(call, kind, text):
    with pytest.raises(kind) as caught:
        call()
    assert str(caught.value) == text


def test_a_monitor_distinguishes_what_is_absent_from_what_is_not_a_number():
    assert [status for status, _ in Monitor().update_many([(None, 1.0), (NAN, 1.0)])] == ["warming_up", "failing"]


def test_a_default_scorer_stores_few_of_its_pages_for_a_batch():
    live = StreamScorer()
    live.push_many(np.sin(np.arange(1400) / 9.0))
    assert len(live.changed_pages()) == 33
    live.push_many(np.sin(np.arange(1400, 1440) / 9.0))
    assert len(live.changed_pages()) <= 4
    assert live.changed_pages() == {}
