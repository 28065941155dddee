"""Findings in words, in two languages: what it is, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.one_line import one_line
from anet_lite._internal.validate import language
from anet_lite.merge.texts import ADVICE, SENTENCES, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from anet_lite.merge.finding import Finding
    from anet_lite.merge.report import MergeReport

_NAMED = 3
"""Tensors of a finding that are named."""
_TOLD = 5
"""Findings of one kind that are told one by one."""


def sentence(finding: Finding, lang: str) -> str:
    """Return what a finding is."""
    evidence = finding.evidence
    words = WORDS[lang]
    models = (*finding.models, "", "")
    said: dict[str, Any] = {
        **evidence,
        "one": models[0],
        "other": models[1],
        "tensor": one_line(finding.tensors[0]) if finding.tensors else "",
        "tensors": _listed(finding.tensors, words),
    }
    if finding.code == "rows_differ":
        said |= {"named": ", ".join(map(str, evidence["named"][:_TOLD]))}
    said |= {name: _shown(evidence[name]) for name in ("first", "second") if name in evidence}
    if "reason" in evidence:
        said["reason"] = one_line(evidence["reason"])
    if "types" in evidence:
        said["types"] = ", ".join(map(one_line, evidence["types"]))
    if evidence.get("cancels"):
        said["cancels"] = one_line(evidence["cancels"][0])
    return SENTENCES[lang][_variant(finding)].format(**said)


def _variant(finding: Finding) -> str:
    """Return which of a code's sentences fits."""
    code, evidence = finding.code, finding.evidence
    options = {
        "shape": "_vocabulary" if evidence.get("vocabulary") else "",
        "permuted": "_many" if evidence.get("looked_at", 1) > 1 else f"_{evidence.get('axis', 'rows')}",
        "rows_differ": "_tokens" if evidence.get("tokens") else "",
        "scaled": "_cancels" if evidence.get("cancels") else "",
        "unchanged": "_base" if len(finding.models) == 1 else "",
        "not_read": "_reason" if "reason" in evidence else "",
    }
    return code + options.get(code, "")


def advice(finding: Finding, lang: str) -> str:
    """Return what to do about it; nothing where there is nothing to do."""
    found = ADVICE[lang].get(finding.code, "")
    models = (*finding.models, "", "")
    return found.format(**finding.evidence, one=models[0], other=models[1]) if found else ""


def _shown(value: Any) -> str:
    text = one_line(str(value))
    return text if len(text) <= 80 else f"{text[:80]}…"


def _listed(tensors: Sequence[str], words: dict[str, str]) -> str:
    named = ", ".join(one_line(name) for name in tensors[:_NAMED])
    more = len(tensors) - _NAMED
    return named + words["more"].format(count=more) if more > 0 else named


def report_lines(report: MergeReport, lang: str) -> Iterator[str]:
    """Yield a report line by line: the verdict, the models, the findings with advice once a kind."""
    language(lang)
    words = WORDS[lang]
    yield words[report.verdict]
    yield from (f"  {name} = {path}" for name, path in report.paths.items())
    for pair in report.pairs:
        yield "  " + words["pair"].format(pair="-".join(pair.models), count=len(pair.tensors), distance=pair.distance)
        if pair.ratio == pair.ratio:
            conflict = words["conflict"].format(conflict=pair.conflict) if pair.conflict == pair.conflict else ""
            cosine = round(pair.change_cosine, 2) + 0.0
            yield "  " + words["changes"].format(cosine=cosine, ratio=pair.ratio) + conflict
    told: dict[tuple[str, tuple[str, ...]], int] = {}
    for finding in report.findings:
        kind = (finding.code, finding.models)
        told[kind] = told.get(kind, 0) + 1
        if told[kind] <= _TOLD:
            yield f"{words[finding.severity + '_mark']} {sentence(finding, lang)}"
        if told[kind] == 1 and (what := advice(finding, lang)):
            yield f"    {what}"
    hidden = sum(max(0, count - _TOLD) for count in told.values())
    if hidden:
        yield words["hidden"].format(count=hidden)
