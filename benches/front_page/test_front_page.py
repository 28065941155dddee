"""The figures of the READMEs are those of the results, and those of the demo's runs are measured."""

from __future__ import annotations

import pytest

from front_page import box, leads
from front_page.__main__ import READMES
from front_page.figures import Page, share


@pytest.mark.parametrize("lang", READMES)
def test_the_readme_has_the_figures_of_the_results(lang: str):
    text = READMES[lang].read_text(encoding="utf-8")
    for name, lines in (("lead", box.lead(lang)), ("box", box.box(lang))):
        assert "\n".join([f"<!-- {name}:begin -->", *lines, f"<!-- {name}:end -->"]) in text


def test_the_runs_of_the_demo_give_what_the_results_say():
    written = Page("front_page/RESULTS.md").text
    again = leads.table([leads.lead(seed) for seed in (0, 18)])
    assert [line in written for line in again] == [True] * len(again)


def test_every_seed_is_in_the_results():
    assert len(Page("front_page/RESULTS.md").rows("seed")) == leads.SEEDS


def test_a_column_that_comes_twice_is_the_first_of_its_name():
    assert float(Page("failure_zoo/RESULTS.md").row("lead", "**Monitor**, all signals, 1 asked")["recall"]) < 1


@pytest.mark.parametrize(("cell", "numbers"), [("30 of 36", (30, 36)), ("7/8", (7, 8))])
def test_a_share_is_two_numbers(cell: str, numbers: tuple[int, int]):
    assert share(cell) == numbers
