"""The demo: a sample company, twelve leavings, and where they stand. `make demo` runs it.

Every step is a command that anybody could type; the story is data beside the sample company.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from cli.commands import COMMANDS
from cli.failures import FINDINGS
from cli.main import main
from cli.options import wanted_language
from cli.texts import MESSAGES
from dsl.catalogue import Language

WORKSPACE = Path("demo-workspace")
LIBRARY = Path(__file__).parent.parent / "rulebooks"
STORY = LIBRARY / "sample_company" / "story.txt"
VERBS = frozenset(word for name in COMMANDS for word in name.split())
PAPERS = {
    "register.txt": "竣工图 12 册, 变更单 31 份\n",
    "register-complete.txt": "竣工图 12 册, 变更单 31 份, 监理通知单 9 份\n",
    "repayment.txt": "L-2026-003  12000 CNY\n",
}
SHOWN = frozenset(
    {"board", "graph", "timeline", "gate", "why", "unfinished", "warnings", "refusals"}
)
"""Chapters whose answers are the point; of the others only what was refused is shown."""


class Line(NamedTuple):
    """One command of the story: its chapter, who acts (None for the administrator), its words.

    `refused` tells that the act is beyond the authority of who tries it.
    """

    chapter: str
    actor: str | None
    words: tuple[str, ...]
    refused: bool = False


def read_story(workspace: Path) -> list[Line]:
    """The story, with the folders of this run put in."""
    places = {
        "company": str(STORY.parent),
        "library": str(LIBRARY),
        "papers": str(workspace / "papers"),
    }
    lines: list[Line] = []
    chapter = ""
    for text in STORY.read_text(encoding="utf-8").splitlines():
        if text.startswith("== "):
            chapter = text.removeprefix("== ")
        elif text and not text.startswith("#"):
            act = text.removeprefix("! ")
            words = [word.format(**places) for word in shlex.split(act)]
            actor = words.pop(0).removeprefix("@") if act.startswith("@") else None
            lines.append(Line(chapter, actor, tuple(words), act != text))
    return lines


def play(workspace: Path, language: Language) -> int:
    """Make the workspace anew and play the story in it; 0 if every command was carried out."""
    _make_room(workspace)
    _say(language, "demo.title")
    if main(
        ["--lang", language, "init", str(workspace), "--sandbox", "--timezone", "Asia/Shanghai"]
    ):
        return 1
    papers = workspace / "papers"
    papers.mkdir()
    for name, content in PAPERS.items():
        (papers / name).write_text(content, encoding="utf-8")
    chapter = ""
    for line in read_story(workspace):
        if line.chapter != chapter:
            chapter = line.chapter
            _say(language, f"demo.{chapter}")
        status = _run(workspace, line, language)
        if status:
            return status
    _say(language, "demo.end", folder=workspace, story=STORY.relative_to(LIBRARY.parent))
    return _look_around(workspace, language)


def _run(workspace: Path, line: Line, language: Language) -> int:
    actor = ["--as", line.actor] if line.actor else []
    whole = ["--workspace", str(workspace), "--lang", language, *actor, *line.words]
    if line.chapter in SHOWN:
        sys.stdout.write(f"$ baton {shlex.join(line.words)}\n")
        return main(whole)
    answer = StringIO()
    with redirect_stdout(answer), redirect_stderr(answer):
        status = main(whole)
    told = [each.strip() for each in answer.getvalue().splitlines() if each.strip()]
    wanted = FINDINGS if line.refused else 0
    if status != wanted:
        sys.stdout.write(f"$ baton {shlex.join(line.words)}\n" + "\n".join(told) + "\n")
        return status or FINDINGS
    sys.stdout.write(f"  {_short(line.words):<18}{_gist(told, refused=line.refused)}\n")
    return 0


def _short(words: tuple[str, ...]) -> str:
    """The command without what is said to it: `task approve`."""
    return " ".join(takewhile(lambda word: word in VERBS, words))


def _gist(told: list[str], *, refused: bool) -> str:
    """What happened: the first sentence of an answer; of a refusal its code and the reason."""
    headed = told[0].endswith((":", "："))
    return ": ".join(one.rstrip(":：") for one in told[: 2 if refused or headed else 1])


def _look_around(workspace: Path, language: Language) -> int:
    """Offers the terminal UI where somebody sits at a terminal; the exit code."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return 0
    sys.stdout.write(MESSAGES.say(language, "demo.offer"))
    sys.stdout.flush()
    if sys.stdin.readline().strip():
        return 0
    return main(["--workspace", str(workspace), "--lang", language, "--as", "1103", "tui"])


def _make_room(workspace: Path) -> None:
    """The demo's own folder is made anew; nothing else is ever removed."""
    if (workspace / "papers").is_dir() and (workspace / "ledger").is_dir():
        shutil.rmtree(workspace)


def _say(language: Language, message: str, **values: object) -> None:
    sys.stdout.write(f"\n{MESSAGES.say(language, message, **values)}\n\n")


if __name__ == "__main__":
    raise SystemExit(play(WORKSPACE, wanted_language(sys.argv[1:], os.environ)))
