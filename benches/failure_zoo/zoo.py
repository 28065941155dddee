"""Scores the zoo and writes its tables and the picture: ``python -m failure_zoo.zoo [PICTURE]``. Needs no training.

``python -m failure_zoo.zoo --ours`` prints what the monitor does, without opponents and policies, in half a minute.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from failure_zoo import first_steps, groups, truth
from failure_zoo.monitors import RIGHT
from failure_zoo.opponents import OPPONENTS, Rule
from failure_zoo.picture import draw
from failure_zoo.rescue import NEARER, RUNS_PER_KIND
from failure_zoo.rescue import table as rescued
from failure_zoo.score import Detector
from failure_zoo.second import table as second
from failure_zoo.tables import HEAD, Part, false_alarms, kinds, ours, parts, scored, theirs

HERE = Path(__file__).parent


def head(tuning: Part, held: Part) -> list[str]:
    """What the zoo is, and how it is scored."""
    healthy = tuning.healthy + held.healthy
    return [
        f"# The failure zoo, scored on {date.today():%Y-%m-%d}",
        "",
        f"{len(healthy)} healthy runs of {len({r.recipe for r in healthy})} recipes and "
        f"{len(tuning.failing) + len(held.failing)} failing runs of {len(RIGHT)} kinds. Held out: a third of the "
        "recipes, six kinds, half of the seeds. Detection: an incident opens between the onset and the end of the run, "
        "400 steps later. Luck: the healthy twin alarms there too. Visible: of the runs whose loss visibly breaks; "
        "lead: steps before that, the median; early: the share with a lead. False alarms per 10,000 healthy steps, "
        "with their exact 95 % interval. Tuned: at the lowest line with at most one on the tuning part.",
        "",
        *HEAD,
    ]


def body(tuning: Part, held: Part, best: dict[str, Detector], peers: dict[str, Detector]) -> list[str]:
    """What the monitor does, beside the best opponent on the first zoo and all `peers` on the second."""
    return [
        "",
        "## Where the false alarms are (all signals, one asked)",
        "",
        *false_alarms(tuning.healthy + held.healthy),
        "",
        "## By kind, held-out part, one asked; causes as named 16 steps after the first alarm",
        "",
        *kinds(held, best),
        "",
        *truth.section(tuning, held),
        "",
        *second.section(ours((1.0,)) | peers),
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
    ]


def tail(tuning: Part, held: Part) -> list[str]:
    """What policies save, which trains again."""
    return [
        "",
        "## What a policy saves",
        "",
        f"The first {RUNS_PER_KIND} runs of each kind that visibly break, trained again with each policy on from their "
        "first step. Kept: the part of the healthy twin's progress that the model has at the end, by the loss of all "
        "samples; 1 is all of it, 0 is untrained, below 0 is worse than untrained. Nearer and farther: by more than "
        f"{NEARER} than without a policy. Stop ends where it stops, which after a short fault is the worst moment.",
        "",
        *rescued(tuning.failing + held.failing, tuning.healthy + held.healthy),
        "",
    ]


def write(picture: Path) -> None:
    """Writes all tables and the picture."""
    tuning, held = parts()
    peers = theirs(tuning)
    our_rows, our_scores = scored(ours(), tuning, held)
    their_rows, their_scores = scored(peers, tuning, held)
    quiet = [name for name, s in their_scores.items() if s.rate <= 1]
    best = max(quiet, key=lambda name: their_scores[name].recall)
    published = {opponent.name: Rule(opponent).at(opponent.line) for opponent in OPPONENTS}
    text = [*head(tuning, held), *our_rows, *their_rows, *body(tuning, held, {best: peers[best]}, published)]
    text += tail(tuning, held)
    (HERE / "RESULTS.md").write_text("\n".join(text), encoding="utf-8")
    draw(held.failing, our_scores | their_scores, picture)


def main() -> None:
    if sys.argv[1:] == ["--ours"]:
        tuning, held = parts()
        rows, _ = scored(ours(), tuning, held)
        print("\n".join([*head(tuning, held), *rows, *body(tuning, held, {}, {})]))
        return
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "zoo.png")


if __name__ == "__main__":
    main()
