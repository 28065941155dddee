"""A checkup in sentences, English and Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._internal.validate import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anet_lite.doctor.checkup import Checkup
    from anet_lite.doctor.extras import Part

TEXTS = {
    "en": {
        "package": "anet-lite {version}{editable} on Python {python}{free}, {system}, {cores} cores.",
        "editable": ", an editable install",
        "free": " (free-threaded)",
        "core": "Compiled core: {file}; instructions: {level}, of {levels} that this processor runs.",
        "ready": "Installed: {names}.",
        "part": "{package} {version}",
        "missing": "Not installed, and needed only for what its name says:",
        "line": "  pip install 'anet-lite[{name}]'   brings {parts}",
        "java": "Java {java}.",
        "unknown": "The package is not installed by pip, so what its extras want is not known.",
        "checked": "The core is a debug build, which is slow: pip install --force-reinstall anet-lite",
        "other core": "The package is {package} and its core {core}: pip install --force-reinstall anet-lite",
        "misfit": "{package} is {found}, and {wanted} is what was tested: {line}",
        "no java": "pyspark is installed and no Java is found: install Java {oldest} or later, or set JAVA_HOME.",
        "old java": "pyspark is installed, and needs Java {oldest} or later; this one is Java {java}.",
        "absent": "not installed",
        "well": "Nothing is wrong with what is installed.",
        "problem": "Wrong: {text}",
        "join": ", ",
    },
    "ja": {
        "package": "anet-lite {version}{editable}、Python {python}{free}、{system}、{cores}コア。",
        "editable": "(編集可能インストール)",
        "free": "(フリースレッド版)",
        "core": "コンパイル済みコア: {file}。使用する命令: {level}(このプロセッサで使えるもの: {levels})。",
        "ready": "インストール済み: {names}。",
        "part": "{package} {version}",
        "missing": "未インストール(それぞれの名前の機能にだけ必要です):",
        "line": "  pip install 'anet-lite[{name}]'   入るもの: {parts}",
        "java": "Java {java}。",
        "unknown": "pipでインストールされていないため、追加機能に必要なパッケージは分かりません。",
        "checked": "コアがデバッグビルドで、動作が遅くなります: pip install --force-reinstall anet-lite",
        "other core": "パッケージは{package}、コアは{core}で、版が違います: pip install --force-reinstall anet-lite",
        "misfit": "{package}は{found}ですが、試験したのは{wanted}です: {line}",
        "no java": "pysparkに必要なJavaが見つかりません。Java {oldest}以降を入れるか、JAVA_HOMEを設定してください。",
        "old java": "pysparkにはJava {oldest}以降が必要ですが、見つかったのはJava {java}です。",
        "absent": "未インストール",
        "well": "インストールされているものに問題はありません。",
        "problem": "問題: {text}",
        "join": "、",
    },
}
"""By language."""


def sentences(found: Checkup, lang: str = "en") -> list[str]:
    """Return what is installed, what is not, and what is wrong, in this order.

    Raises:
        ValueError: There are no words in this language.

    Example:
        >>> from anet_lite.doctor import check_up
        >>> from anet_lite.doctor.words import sentences
        >>> sentences(check_up())[0].startswith("anet-lite ")
        True

    """
    language(lang)
    words = TEXTS[lang]
    problems = [words["problem"].format(text=text) for text in problem_sentences(found, lang)]
    return [*_machine(found, words), *_extras(found, words), *(problems or [words["well"]])]


def problem_sentences(found: Checkup, lang: str = "en") -> list[str]:
    """Return what is wrong, each with what to do about it."""
    words = TEXTS[lang]
    return [
        words[problem.kind].format(found=problem.values.get("version") or words["absent"], **problem.values)
        for problem in found.problems
    ]


def _machine(found: Checkup, words: dict[str, str]) -> Iterator[str]:
    yield words["package"].format(
        version=found.core.version,
        editable=words["editable"] if found.installed.is_editable else "",
        python=found.machine.python,
        free=words["free"] if found.machine.is_free_threaded else "",
        system=found.machine.system,
        cores=found.machine.cores,
    )
    levels = found.core.levels
    yield words["core"].format(file=found.core.file, level=levels[-1], levels=words["join"].join(levels))


def _extras(found: Checkup, words: dict[str, str]) -> Iterator[str]:
    if found.installed.version is None:
        yield words["unknown"]
    there = {part.package: part for part in [*found.needed, *(p for extra in found.extras for p in extra.parts)]}
    if any(part.version for part in there.values()):
        yield words["ready"].format(names=_named((p for p in there.values() if p.version), words))
    if found.java:
        yield words["java"].format(java=found.java)
    missing = [extra for extra in found.extras if any(part.version is None for part in extra.parts)]
    if missing:
        yield words["missing"]
    for extra in missing:
        absent = words["join"].join(part.package for part in extra.parts if part.version is None)
        yield words["line"].format(name=extra.name, parts=absent)


def _named(parts: Iterable[Part], words: dict[str, str]) -> str:
    said = (words["part"].format(package=part.package, version=part.version) for part in parts)
    return words["join"].join(sorted(said, key=str.lower))
