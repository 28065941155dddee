"""Judges a run, and tells GitHub: an annotation, the job's summary, the outputs of the step, and the exit status.

Exit status: 0, or 1 where the run is what fails the job, or 2 where it could not be judged at all.
"""

from __future__ import annotations

import html
import json
import os
import re
import shlex
import subprocess
import sys
from typing import Any

VERDICTS = {
    "healthy": "notice",
    "recovered": "notice",
    "settled_worse": "warning",
    "overfits": "warning",
    "collapsed": "warning",
    "failing": "warning",
    "no_progress": "notice",
    "not_judged": "warning",
    "no_loss": "warning",
}
"""The level of a verdict that does not fail the job."""
UNTOLD = ("no_progress", "not_judged", "no_loss")
"""Verdicts that say nothing of the loss: there the monitor tells whether the run is ruined."""
SHOWN = 10
"""Incidents in the summary."""


def main() -> int:
    """Judge the run that the environment names; return the exit status."""
    file, fails = os.environ["ANET_FILE"], re.split(r"[\s,]+", os.environ.get("ANET_FAIL_ON", "ruined").strip())
    unknown = [word for word in fails if word not in ("ruined", *VERDICTS)]
    if unknown:
        return refuse(file, f"fail-on must be made of ruined, {', '.join(VERDICTS)}; got {unknown[0]!r}")
    line = [sys.executable, "-m", "anet_lite", "replay", file, "--json"]
    line += shlex.split(os.environ.get("ANET_OPTIONS", ""))
    done = subprocess.run(line, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        return refuse(file, done.stderr)
    return tell(file, json.loads(done.stdout), fails)


def tell(file: str, found: dict[str, Any], fails: list[str]) -> int:
    """Tell how the run went; return 1 where that fails the job."""
    kind, ruined = found["verdict"]["kind"], is_ruined(found)
    failed = kind in fails or (ruined and "ruined" in fails)
    annotate("error" if failed else VERDICTS[kind], file, found["sentence"])
    write("GITHUB_STEP_SUMMARY", summary(file, found, ruined))
    write("GITHUB_OUTPUT", f"verdict={kind}\nruined={str(ruined).lower()}\nsentence={one_line(found['sentence'])}\n")
    return int(failed)


def is_ruined(found: dict[str, Any]) -> bool:
    """Return whether nothing of the run is left: by its verdict, or by the monitor where the verdict cannot tell."""
    return found["verdict"]["ruined"] or (found["verdict"]["kind"] in UNTOLD and found["summary"]["ruined"])


def summary(file: str, found: dict[str, Any], ruined: bool) -> str:
    """Return the job's summary, in Markdown."""
    head = f"### {shown(file)}: {found['verdict']['kind'].replace('_', ' ')}{', ruined' if ruined else ''}"
    said = [head, shown(found["sentence"]), *map(shown, found["remarks"])]
    if found["not_found"]:
        said.append(f"Not found, so not looked at: {', '.join(found['not_found'])}.")
    rows = [f"| {each['step']} | {shown(each['text'])} |" for each in found["incidents"][:SHOWN]]
    table = ["| step | incident |\n|---|---|\n" + "\n".join(rows)] if rows else []
    more = len(found["incidents"]) - SHOWN
    return "\n\n".join([*said, *table, *([f"... and {more} more incidents."] if more > 0 else [])]) + "\n"


def refuse(file: str, why: str) -> int:
    """Tell that the run could not be judged; return 2."""
    text = f"Not judged: {one_line(why)}"
    annotate("error", file, text)
    write("GITHUB_STEP_SUMMARY", f"### {shown(file)}: not judged\n\n{shown(text)}\n")
    return 2


def annotate(level: str, file: str, text: str) -> None:
    """Print an annotation. What a file holds must not become a command of its own."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    name = one_line(file).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    print(f"::{level} file={name},title=anet-lite::{escaped}", flush=True)


def write(variable: str, text: str) -> None:
    """Append to the file that GitHub names."""
    if os.environ.get(variable):
        with open(os.environ[variable], "a", encoding="utf-8") as file:
            file.write(text)


def shown(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return re.sub(r"([\\`*_\[\]|#])", r"\\\1", html.escape(one_line(text), quote=False))


def one_line(text: str) -> str:
    """Return a text without its ends of lines and the frames that a terminal draws."""
    return " ".join(re.sub(r"[─│╭╮╰╯]", " ", text).split())


if __name__ == "__main__":
    sys.exit(main())
