"""The honest box: what is caught, how often it is wrong, what cannot be seen, in the languages of the READMEs."""

from __future__ import annotations

from front_page.figures import Page, share, total

TEXTS = {
    "en": (
        (
            "- **It catches** {recall} of {runs} faults in recorded runs that were held out ({visible} of those "
            "that visibly break the loss; {loss_alone} if it is given the loss alone). The cause it names first "
            "is right in {causes}; expect less on yours, since its weights were chosen with these runs in view "
            "([failure zoo](benches/failure_zoo/RESULTS.md)). On logs of real runs it found {events} events "
            "([real runs](benches/real_runs/README.md))."
        ),
        (
            "- **It is wrong** {false} times in 10,000 healthy steps where 1 was asked for (95 % intervals in "
            "brackets), {real} times on {logs} real healthy logs, and {changed} times where the data change and "
            "nobody announces it."
        ),
        (
            "- **Streams**, at `p_value <= 1e-4`: {quiet} to {loud} false alarms in 10,000 samples over {sets} "
            "sets of series. It finds all {easy} events of the easiest set and {hard} of the hardest "
            "([detection](benches/detection/RESULTS.md))."
        ),
        (
            "- **It cannot see** a run that was bad from its first step ({blind} seen, {known} given a good run "
            "as reference), what moves none of its signals (leaked labels, a wrong tokenizer), or a drift slower "
            "than its windows. Of faults in the first 150 steps it saw {early}. [All of "
            "it](docs/monitor.md#what-it-cannot-see)."
        ),
    ),
    "ja": (
        (
            "- **見つけるもの**: 調整に使わずに残した記録済み学習の故障{runs}件のうち{recall}(損失が目に見えて壊"
            "れる故障では{visible}、損失だけを渡した場合は{loss_alone})。最初に挙げる原因が正しいのは{causes}です"
            "。原因の重みはこれらの学習を見て決めたので、手元ではこれより下がるとお考えください"
            "([failure zoo](benches/failure_zoo/RESULTS.md))。実際の学習ログでは、出来事{events}を見つけました"
            "([real runs](benches/real_runs/README.md))。"
        ),
        (
            "- **間違い**: 1万ステップに1回の誤報を求めたとき、健全な1万ステップあたり{false}回(括弧内は95%区間)"
            "。実際の健全なログ{logs}本では{real}回、データの変更を宣言しなかった場合は{changed}回です。"
        ),
        (
            "- **系列**(`p_value <= 1e-4`): {sets}組の系列で、1万標本あたりの誤報は{quiet}〜{loud}回。最も易しい"
            "組では{easy}件すべて、最も難しい組では{hard}を見つけます([detection](benches/detection/RESULTS.md))"
            "。"
        ),
        (
            "- **見えないもの**: 最初のステップから悪い学習(見えたのは{blind}、良い学習を参照に与えれば{known}件)"
            "、渡した信号のどれも動かさない故障(ラベルの漏れ、間違ったトークナイザーなど)、窓より遅い変化。最初の"
            "150ステップの故障で見えたのは{early}です。[詳しくは](docs/monitor.md#what-it-cannot-see)。"
        ),
    ),
}
"""A line for each point; its figures by name."""

LEAD = {
    "en": (
        (
            "With seeds 0 to {last} the alarm came {least} to {most} steps before the loss broke. It also rang "
            "in {false} of {runs} runs before anything was wrong, and on {twins} of {runs} healthy twins ([each "
            "seed](benches/front_page/RESULTS.md), `make front-page`)."
        ),
    ),
    "ja": (
        (
            "乱数の種0〜{last}では、警報は損失が壊れる{least}〜{most}ステップ前でした。何も起きていないうちに鳴っ"
            "た学習は{runs}本中{false}本、健全な双子で鳴ったのは{runs}本中{twins}本です([種ごとの結果"
            "](benches/front_page/RESULTS.md)、`make front-page`)。"
        ),
    ),
}


def box(lang: str) -> list[str]:
    """Return the lines of the box."""
    return _filled(TEXTS[lang], {**_zoo(), **_real(), **_streams()}, lang)


def lead(lang: str) -> list[str]:
    """Return what stands under the picture."""
    rows = Page("front_page/RESULTS.md").rows("steps before")
    before = [int(row["steps before"]) for row in rows]
    figures = {
        "last": rows[-1]["seed"],
        "least": str(min(before)),
        "most": str(max(before)),
        "runs": str(len(rows)),
        "false": str(sum(row["false alarms before"] != "0" for row in rows)),
        "twins": str(sum(row["steps of the twin with one"] != "0" for row in rows)),
    }
    return _filled(LEAD[lang], figures, lang)


def _filled(lines: tuple[str, ...], figures: dict[str, str], lang: str) -> list[str]:
    if lang == "ja":
        figures = {name: _japanese(text) for name, text in figures.items()}
    return [line.format(**figures) for line in lines]


def _japanese(text: str) -> str:
    """Return ``30 of 36`` and intervals as Japanese writes them."""
    if " of " in text:
        part, whole = share(text)
        return f"{whole}件中{part}件"
    return text.replace(" to ", "〜").replace(" %", "%")


def _zoo() -> dict[str, str]:
    zoo = Page("failure_zoo/RESULTS.md")
    monitor, alone = (zoo.row("lead", f"**Monitor**, {given}, 1 asked") for given in ("all signals", "loss alone"))
    kinds, first = zoo.rows("first cause right"), zoo.rows("a reference of one run")[-1]
    early = zoo.row("within 20", "**early**")
    return {
        "runs": str(sum(int(row["runs"]) for row in kinds)),
        "recall": _percent(monitor["recall"]),
        "visible": _percent(monitor["visible"]),
        "loss_alone": _percent(alone["recall"]),
        "false": monitor["false alarms"],
        "causes": total(kinds, "first cause right"),
        "changed": zoo.row("false alarms per 10,000", "that change under way")["false alarms per 10,000"].partition(
            ","
        )[0],
        "blind": f"{first['without']} of {first['runs']}",
        "known": first["a reference of one run"],
        "early": f"{early['all signals']} of {early['runs']}",
    }


def _real() -> dict[str, str]:
    row = Page("real_runs/README.md").row("events found", "**Monitor**, 1 asked")
    rate, _, runs = row["healthy: false per 10,000"].partition(", ")
    return {"real": rate, "logs": str(share(runs)[1]), "events": row["events found"]}


def _streams() -> dict[str, str]:
    rows = [row["p <= 0.0001"].split(", ") for row in Page("detection/RESULTS.md").rows("p <= 0.0001, first 1000")]
    false = [float(rate) for _, rate in rows]
    found = sorted((share(events) for events, _ in rows), key=lambda events: events[0] / events[1])
    return {
        "sets": str(len(rows)),
        "quiet": f"{min(false):.2f}",
        "loud": f"{max(false):.2f}",
        "easy": str(found[-1][1]),
        "hard": "{} of {}".format(*found[0]),
    }


def _percent(cell: str) -> str:
    return f"{float(cell):.0%}".replace("%", " %")
