"""Groups of parameters are bounded, can be dropped, and are found as fast as one among few."""

from __future__ import annotations

import time

import pytest

from anet_lite import Monitor
from anet_lite._native import AnetTypeError, AnetValueError

MOST = 4096


@pytest.fixture(scope="module")
def full() -> Monitor:
    monitor = Monitor()
    for at in range(MOST):
        monitor.group(f"group {at}")
    return monitor


def test_one_group_too_many_is_refused_and_changes_nothing(full: Monitor) -> None:
    before = full.manifest()
    with pytest.raises(AnetValueError, match=r"groups must be at most 4096, so that .*, got one more, another"):
        full.group("another")
    assert full.manifest() == before
    assert (len(full.groups), full.group("group 7").name) == (MOST, "group 7")


def test_a_group_is_found_as_fast_among_many(full: Monitor) -> None:
    few = Monitor()
    few.group("group 4095")

    def seconds(monitor: Monitor) -> float:
        start = time.perf_counter()
        for _ in range(200):
            monitor.group("group 4095")
        return time.perf_counter() - start

    assert min(seconds(full) for _ in range(5)) < 20 * min(seconds(few) for _ in range(5))


def test_a_state_with_too_many_groups_is_refused(full: Monitor) -> None:
    state = full.state_dict()
    state["groups"]["another"] = state["groups"]["group 0"]
    fresh = Monitor()
    with pytest.raises(AnetValueError, match="impossible value in entry 'groups'"):
        fresh.load_state_dict(state)
    assert fresh.groups == {}


def fed(monitor: Monitor, names: list[str], rows: int = 80) -> list[str]:
    """Return what each group and then the whole says, row by row."""
    said: list[str] = []
    for at in range(rows):
        said += [monitor.group(name).update(grad_norm=1.0 + 0.1 * ((at + len(name)) % 5)) for name in names]
        said.append(monitor.update(loss=2.0 - 0.01 * at + 0.1 * (at % 3)).status)
    return said


def test_a_group_that_was_dropped_is_as_if_it_had_never_been() -> None:
    with_it, without = Monitor(), Monitor()
    with_it.group("silent")
    with_it.group("a")
    with_it.drop_group("silent")
    assert fed(with_it, ["a", "bb"]) == fed(without, ["a", "bb"])
    ours, theirs = with_it.state_dict(), without.state_dict()
    assert ours == theirs
    assert with_it.groups == {"a": 80, "bb": 80}


def test_a_handle_of_a_group_goes_on_when_another_is_dropped() -> None:
    monitor = Monitor()
    first, second = monitor.group("first"), monitor.group("second")
    second.update(grad_norm=1.0)
    monitor.drop_group("first")
    second.update(grad_norm=1.0)
    assert monitor.groups == {"second": 2}
    first.update(grad_norm=1.0)
    assert monitor.groups == {"second": 2, "first": 1}


def test_a_group_with_a_waiting_alarm_can_be_dropped() -> None:
    monitor = Monitor()
    monitor.group("kept").update(grad_norm=1.0)
    for _ in range(8):
        monitor.group("bad").update(grad_norm=float("nan"), loss=float("nan"))
    monitor.drop_group("bad")
    assert monitor.update(loss=1.0).alarms == []


@pytest.mark.parametrize("name", ["", "never heard", "\udce9"])
def test_a_group_that_is_not_there_is_named(name: str) -> None:
    monitor = Monitor()
    before = monitor.manifest()
    with pytest.raises(AnetValueError, match="name must be a group of this monitor"):
        monitor.drop_group(name)
    assert monitor.manifest() == before


def test_a_name_that_is_not_utf_8_is_kept_escaped() -> None:
    monitor = Monitor()
    monitor.group("caf\udce9").update(loss=1.0)
    monitor.note("caf\udce9")
    assert monitor.groups == {"caf\\udce9": 1}
    assert monitor.update(loss=1.0).note == ("caf\\udce9", 0)


@pytest.mark.parametrize("method", ["group", "drop_group", "note", "reference"])
def test_what_is_no_text_is_refused_by_the_name_of_the_argument(method: str) -> None:
    with pytest.raises(AnetTypeError, match="must be a str, got int"):
        getattr(Monitor(), method)(5)


@pytest.mark.parametrize("name", ["val;loss", "a\nb", "a\rb"])
def test_a_signal_that_no_record_could_tell_is_refused(name: str) -> None:
    with pytest.raises(AnetValueError, match="a name without ; and line ends"):
        Monitor(signals={name: "rises"})


def test_named_signals_are_bounded() -> None:
    monitor = Monitor(signals=[f"val_{at}_loss" for at in range(1024)])
    before = monitor.manifest()
    with pytest.raises(AnetValueError, match="signals must be at most 1024"):
        monitor.update(loss=1.0, val_loss=1.0)
    assert monitor.manifest() == before
    assert monitor.update(loss=1.0, val_7_loss=1.0).row == 0
    with pytest.raises(AnetValueError, match="signals must be at most 1024"):
        Monitor(signals=[f"val_{at}_loss" for at in range(1025)])
    with pytest.raises(AnetValueError, match="signals must be at most 1024"):
        Monitor(signals={f"signal {at}": "rises" for at in range(1025)})
