"""Scores the zoo and writes the table and the picture: ``python -m failure_zoo.zoo``. Needs no training."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

from failure_zoo import first_steps, groups
from failure_zoo.monitors import RIGHT, SIGNALS, announced, causes_named, monitor
from failure_zoo.opponents import OPPONENTS, Opponent, Rule
from failure_zoo.picture import draw
from failure_zoo.recipes import CHANGES
from failure_zoo.rescue import NEARER, RUNS_PER_KIND
from failure_zoo.rescue import table as rescued
from failure_zoo.runs import Failing, Healthy, load
from failure_zoo.score import Detector, Score, poisson_interval, score

RATES = (0.3, 1.0, 3.0, 10.0)
HERE = Path(__file__).parent
#: Recipes that change under way, which their user would announce, and those unlike all that the design was made on.
ANNOUNCED = set(CHANGES)
UNLIKE = {"adversarial", "q_learning", "mlp_curriculum", "regression_heavy_tail"}


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


def opponents(tuning: Part, held: Part) -> tuple[list[str], dict[str, Score]]:
    """The rows of the opponents, at their published line and tuned."""
    rows, scores = [], {}
    for opponent in OPPONENTS:
        rule = Rule(opponent)
        tuned = tuned_line(rule, opponent, tuning.healthy)
        for label, line in (("", opponent.line), (", tuned", tuned)):
            if label and line == opponent.line:
                continue
            scores[opponent.name + label] = held.score(rule.at(line))
            rows.append(row(opponent.name + label, tuning.score(rule.at(line)), scores[opponent.name + label]))
            print(rows[-1], flush=True)
    return rows, scores


def monitors(tuning: Part, held: Part) -> tuple[list[str], dict[str, Score]]:
    """The rows of the monitor."""
    rows, scores = [], {}
    for name, signals in SIGNALS.items():
        for rate in RATES:
            label = f"**Monitor**, {name}, {rate:g} asked"
            scores[label] = held.score(monitor(signals, rate))
            rows.append(row(label, tuning.score(monitor(signals, rate)), scores[label]))
            print(rows[-1], flush=True)
    return rows, scores


def kinds(held: Part, best: Detector, best_name: str) -> list[str]:
    """Recall by kind on the held-out part, and how often the right cause is named."""
    full, loss, peer = held.score(monitor(5)), held.score(monitor(1)), held.score(best)
    lines = [f"| kind | runs | all signals | loss alone | {best_name} | first cause right | among the first three |"]
    lines.append("|---|---|---|---|---|---|---|")
    for kind in sorted(full.per_kind):
        runs = [run for run in held.failing if run.fault == kind]
        named = [causes for causes in (causes_named(run, 16) for run in runs) if causes]
        first = sum(causes[0] in RIGHT[kind] for causes in named)
        three = sum(bool(RIGHT[kind] & set(causes[:3])) for causes in named)
        cells = [f"{full.per_kind[kind]:.2f}", f"{loss.per_kind[kind]:.2f}", f"{peer.per_kind[kind]:.2f}"]
        lines.append(f"| {kind} | {len(runs)} | {' | '.join(cells)} | {first}/{len(named)} | {three}/{len(named)} |")
    return lines


def rings(runs: list[Healthy]) -> str:
    return told(sum(len(monitor(5)(run.rows)) for run in runs), runs)


def told(count: int, runs: list[Healthy]) -> str:
    """A count of false alarms as a rate, with its interval."""
    rows = sum(len(run.rows) for run in runs)
    rate, low, high = (1e4 * x / rows for x in (count, *poisson_interval(count)))
    return f"{rate:.2f} ({low:.2f} to {high:.2f}), {count} in {rows:,} steps"


def main() -> None:
    tuning, held = parts()
    ours, our_scores = monitors(tuning, held)
    theirs, their_scores = opponents(tuning, held)
    quiet = {name: s for name, s in their_scores.items() if s.rate <= 1}
    best_name = max(quiet, key=lambda name: quiet[name].recall)
    opponent = next(o for o in OPPONENTS if best_name.startswith(o.name))
    rule = Rule(opponent)
    line = tuned_line(rule, opponent, tuning.healthy) if best_name.endswith("tuned") else opponent.line
    healthy = tuning.healthy + held.healthy
    changing = [run for run in healthy if run.recipe in CHANGES]
    text = [
        f"# The failure zoo, scored on {date.today():%Y-%m-%d}",
        "",
        f"{len(healthy)} healthy runs of {len({r.recipe for r in healthy})} recipes and "
        f"{len(tuning.failing) + len(held.failing)} failing runs of {len(RIGHT)} kinds. Held out: a third of the "
        "recipes, six kinds, half of the seeds. Detection: an incident opens between the onset and the end of the run, "
        "400 steps later. Luck: the healthy twin alarms there too. Visible: of the runs whose loss visibly breaks; "
        "lead: steps before that, the median; early: the share with a lead. False alarms per 10,000 healthy steps, "
        "with their exact 95 % interval. Tuned: at the lowest line with at most one on the tuning part.",
        "",
        "| detector | recall | visible | luck | false alarms | lead | early | tuning: recall | visible | luck | false "
        "alarms |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *ours,
        *theirs,
        "",
        "## Where the false alarms are (all signals, one asked)",
        "",
        "| recipes | false alarms per 10,000 |",
        "|---|---|",
        f"| all | {rings(healthy)} |",
        f"| that change under way, not announced ({', '.join(sorted(ANNOUNCED))}) | {rings(changing)} |",
        f"| the same, announced by `note` | {told(sum(len(announced(r)) for r in changing), changing)} |",
        f"| unlike the rest ({', '.join(sorted(UNLIKE))}) | {rings([r for r in healthy if r.recipe in UNLIKE])} |",
        f"| all others | {rings([r for r in healthy if r.recipe not in ANNOUNCED | UNLIKE])} |",
        "",
        "## By kind, held-out part, one asked; causes as named 16 steps after the first alarm",
        "",
        *kinds(held, rule.at(line), best_name),
        "",
        "## From the first step on",
        "",
        "Runs that are bad from their first step, judged without and with a reference: healthy runs of the recipe, of "
        "other seeds, so with other data and weights. A fault that such a run overcomes, or that its recipe hardly "
        "feels, counts as unseen too.",
        "",
        *first_steps.table(),
        "",
        "## One matrix alone",
        "",
        f"One matrix frozen, or with noise of twice its update's size, in {len(groups.CHOSEN)} recipes and "
        f"{groups.SEEDS} seeds; the whole's signals, and each matrix's gradient and update norm by `Monitor.group`:",
        "",
        *groups.table(),
        "",
        "## What a policy saves",
        "",
        f"The first {RUNS_PER_KIND} runs of each kind that visibly break, trained again with each policy on from their "
        "first step. Kept: the part of the healthy twin's progress that the model has at the end, by the loss of all "
        "samples; 1 is all of it, 0 is untrained, below 0 is worse than untrained. Nearer and farther: by more than "
        f"{NEARER} than without a policy. Stop ends where it stops, which after a short fault is the worst moment.",
        "",
        *rescued(tuning.failing + held.failing, healthy),
        "",
    ]
    (HERE / "RESULTS.md").write_text("\n".join(text), encoding="utf-8")
    draw(held.failing, our_scores | their_scores, Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "zoo.png")


if __name__ == "__main__":
    main()
