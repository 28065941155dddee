"""The zoo's tables: the monitor and its opponents, where the false alarms are, what is found of each kind."""

from __future__ import annotations

from typing import NamedTuple

from failure_zoo import truth
from failure_zoo.monitors import RIGHT, SIGNALS, announced, causes_named, monitor
from failure_zoo.opponents import OPPONENTS, Opponent, Rule
from failure_zoo.recipes import CHANGES
from failure_zoo.runs import Failing, Healthy, load
from failure_zoo.score import Detector, Score, poisson_interval, score

RATES = (0.3, 1.0, 3.0, 10.0)
#: Recipes that change under way, which their user would announce, and those unlike all that the design was made on.
ANNOUNCED = set(CHANGES)
UNLIKE = {"adversarial", "q_learning", "mlp_curriculum", "regression_heavy_tail"}
HEAD = [
    "| detector | recall | visible | luck | false alarms | lead | early | tuning: recall | visible | luck | false "
    "alarms |",
    "|---|---|---|---|---|---|---|---|---|---|---|",
]


class Part(NamedTuple):
    """A part of the zoo."""

    name: str
    healthy: list[Healthy]
    failing: list[Failing]

    def score(self, detector: Detector) -> Score:
        return score(detector, self.healthy, self.failing)


def parts() -> tuple[Part, Part]:
    """The tuning part and the held-out part; runs without a warm-up are judged apart."""
    healthy, failing = load()
    failing = [run for run in failing if run.fault != "no_warm_up"]
    made = [
        Part(name, [r for r in healthy if r.held_out == held], [r for r in failing if r.held_out == held])
        for name, held in (("tuning", False), ("held-out", True))
    ]
    return made[0], made[1]


def tuned_line(rule: Rule, opponent: Opponent, healthy: list[Healthy]) -> float:
    """The lowest line, not below the published one divided by 3, with at most one false alarm per 10,000."""
    for line in sorted(opponent.lines):
        if score(rule.at(line), healthy, []).rate <= 1:
            return line
    return max(opponent.lines)


def row(name: str, tuning: Score, held: Score) -> str:
    """One line of the table."""
    cells = [name]
    for s in (held, tuning):
        low, high = s.interval
        cells += [f"{s.recall:.3f}", f"{s.visible:.3f}", f"{s.luck:.2f}", f"{s.rate:.2f} ({low:.2f} to {high:.2f})"]
        cells += [f"{s.lead:g}", f"{s.early:.2f}"] if s is held else []
    return "| " + " | ".join(cells) + " |"


def ours(rates: tuple[float, ...] = RATES) -> dict[str, Detector]:
    """The monitor, by signals and by the rate that is asked."""
    cases = [(name, signals, rate) for name, signals in SIGNALS.items() for rate in rates]
    return {f"**Monitor**, {name}, {rate:g} asked": monitor(signals, rate) for name, signals, rate in cases}


def theirs(tuning: Part) -> dict[str, Detector]:
    """The opponents, at their published line and tuned."""
    found = {}
    for opponent in OPPONENTS:
        rule = Rule(opponent)
        found[opponent.name] = rule.at(opponent.line)
        tuned = tuned_line(rule, opponent, tuning.healthy)
        if tuned != opponent.line:
            found[opponent.name + ", tuned"] = rule.at(tuned)
    return found


def scored(detectors: dict[str, Detector], tuning: Part, held: Part) -> tuple[list[str], dict[str, Score]]:
    """The rows of detectors, and their scores on the held-out part."""
    rows, scores = [], {}
    for name, detector in detectors.items():
        scores[name] = held.score(detector)
        rows.append(row(name, tuning.score(detector), scores[name]))
    return rows, scores


def kinds(held: Part, peers: dict[str, Detector]) -> list[str]:
    """Recall by kind on the held-out part, how often the right cause is named, and the last word on what ends off."""
    detectors = {"all signals": monitor(5), "loss alone": monitor(1), **peers}
    found = [held.score(detector).per_kind for detector in detectors.values()]
    heads = [*detectors, "first cause right", "among the first three", "status at the end right", "verdict right"]
    lines = [f"| kind | runs | {' | '.join(heads)} |", "|---" * (len(heads) + 2) + "|"]
    for kind in sorted({run.fault for run in held.failing}):
        runs = [run for run in held.failing if run.fault == kind]
        named = [causes for causes in (causes_named(run, 16) for run in runs) if causes]
        first = sum(causes[0] in RIGHT[kind] for causes in named)
        three = sum(bool(RIGHT[kind] & set(causes[:3])) for causes in named)
        cells = [f"{each[kind]:.2f}" for each in found] + [f"{first}/{len(named)}", f"{three}/{len(named)}"]
        cells += truth.told(truth.broken_ends(run for run in runs if truth.off(run, truth.loss_up(run))))
        lines.append(f"| {kind} | {len(runs)} | {' | '.join(cells)} |")
    return lines


def rings(runs: list[Healthy]) -> str:
    return told(sum(len(monitor(5)(run.rows)) for run in runs), runs)


def told(count: int, runs: list[Healthy]) -> str:
    """A count of false alarms as a rate, with its interval."""
    rows = sum(len(run.rows) for run in runs)
    rate, low, high = (1e4 * x / rows for x in (count, *poisson_interval(count)))
    return f"{rate:.2f} ({low:.2f} to {high:.2f}), {count} in {rows:,} steps"


def false_alarms(healthy: list[Healthy]) -> list[str]:
    """Where the false alarms are."""
    changing = [run for run in healthy if run.recipe in CHANGES]
    return [
        "| recipes | false alarms per 10,000 |",
        "|---|---|",
        f"| all | {rings(healthy)} |",
        f"| that change under way, not announced ({', '.join(sorted(ANNOUNCED))}) | {rings(changing)} |",
        f"| the same, announced by `note` | {told(sum(len(announced(r)) for r in changing), changing)} |",
        f"| unlike the rest ({', '.join(sorted(UNLIKE))}) | {rings([r for r in healthy if r.recipe in UNLIKE])} |",
        f"| all others | {rings([r for r in healthy if r.recipe not in ANNOUNCED | UNLIKE])} |",
    ]
