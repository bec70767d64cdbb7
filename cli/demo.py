"""The demo: a sample company, three leavings, and where they stand. `make demo` runs it.

Every step is a command that anybody could type; the story is data beside the sample company.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from cli.main import main
from cli.options import wanted_language
from cli.texts import MESSAGES
from dsl.catalogue import Language

WORKSPACE = Path("demo-workspace")
LIBRARY = Path(__file__).parent.parent / "rulebooks"
STORY = LIBRARY / "sample_company" / "story.txt"
PAPERS = {
    "register.txt": "竣工图 12 册, 变更单 31 份\n",
    "register-complete.txt": "竣工图 12 册, 变更单 31 份, 监理通知单 9 份\n",
    "repayment.txt": "L-2026-003  12000 CNY\n",
}
SHOWN = frozenset({"board", "graph", "timeline", "gate"})
"""Chapters whose answers are the point; of the others only what was refused is shown."""


class Line(NamedTuple):
    """One command of the story: its chapter, who acts (None for the administrator), its words."""

    chapter: str
    actor: str | None
    words: tuple[str, ...]


def read_story(workspace: Path) -> list[Line]:
    """The story, with the folders of this run put in."""
    places = {
        "company": str(STORY.parent),
        "rulebook": str(LIBRARY / "construction.rulebook"),
        "papers": str(workspace / "papers"),
    }
    lines: list[Line] = []
    chapter = ""
    for text in STORY.read_text(encoding="utf-8").splitlines():
        if text.startswith("== "):
            chapter = text.removeprefix("== ")
        elif text and not text.startswith("#"):
            words = [word.format(**places) for word in shlex.split(text)]
            actor = words.pop(0).removeprefix("@") if text.startswith("@") else None
            lines.append(Line(chapter, actor, tuple(words)))
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
    _say(language, "demo.end", folder=workspace)
    return 0


def _run(workspace: Path, line: Line, language: Language) -> int:
    actor = ["--as", line.actor] if line.actor else []
    whole = ["--workspace", str(workspace), "--lang", language, *actor, *line.words]
    sys.stdout.write(f"$ baton {shlex.join(line.words)}\n")
    if line.chapter in SHOWN:
        return main(whole)
    answer = StringIO()
    with redirect_stdout(answer):
        status = main(whole)
    text = answer.getvalue()
    last = text.strip().splitlines()[-1:] if not status else [text]
    sys.stdout.write("".join(f"  {each}\n" for each in last))
    return status


def _make_room(workspace: Path) -> None:
    """The demo's own folder is made anew; nothing else is ever removed."""
    if (workspace / "papers").is_dir() and (workspace / "ledger").is_dir():
        shutil.rmtree(workspace)


def _say(language: Language, message: str, **values: object) -> None:
    sys.stdout.write(f"\n{MESSAGES.say(language, message, **values)}\n\n")


if __name__ == "__main__":
    raise SystemExit(play(WORKSPACE, wanted_language(sys.argv[1:], os.environ)))
