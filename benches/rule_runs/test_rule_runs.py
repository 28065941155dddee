"""Each rule fires on the run that is there to show it, and the page says what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from anet_lite import Monitor
from rule_runs.faults import FAULTS, Fault
from rule_runs.fired import Fired, fired, snapshots
from rule_runs.healthy import healthy
from rule_runs.page import section

DOCS = Path(__file__).parents[2] / "docs"
TABLE = Path(__file__).parents[2] / "rust/anet-core/src/monitor/rules/table.rs"
SEEN: dict[str, Fired | None] = {fault.rule: fired(fault) for fault in FAULTS}


def test_the_healthy_run_raises_nothing() -> None:
    assert [alarm for seen in snapshots(Monitor(), healthy()) for alarm in seen.alarms] == []


def test_every_rule_of_the_core_has_a_run() -> None:
    table = TABLE.read_text(encoding="utf-8").partition("    #[cfg(test)]\n")[0]
    rules = re.findall(r'^    \w+: +"(\w+)",', table, re.MULTILINE)
    assert len(rules) > 40
    assert {fault.rule for fault in FAULTS} == set(rules)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.rule for fault in FAULTS])
def test_the_rule_fires_after_the_fault_begins_and_the_page_says_so(fault: Fault) -> None:
    seen = SEEN[fault.rule]
    assert seen is not None
    assert seen.row >= fault.row
    assert section(fault, seen) in (DOCS / "rules.md").read_text(encoding="utf-8")
    assert (DOCS / "img" / "rules" / f"{fault.rule}.png").stat().st_size < 40_000
