"""Every command with words that nobody meant, in a company whose rulebooks are Chinese: it is told, never a crash."""

from __future__ import annotations

import re
import shutil
from argparse import Action
from pathlib import Path
from random import Random

import pytest

from cli.commands import COMMANDS
from cli.main import build_parser
from cli.parser import Parser
from engine.workspace import Workspace, open_workspace
from tests.cli.conftest import ROOT, Baton

DEMO = ROOT / "tests" / "histories" / "demo"
ELSEWHERE = {
    "tui", "serve", "lsp", "design", "run", "init", "new", "backup", "restore", "compact",
    "publish", "check", "test", "diff", "graph", "flatten", "fmt", "explain", "schema",
}  # fmt: skip
"""What waits for somebody, or is about other files than the workspace's."""
PEOPLE = ("1103", "1301", "1401", "1601", "1605", "赵明远", "没有此人")
CASES = ("2026-0001", "2026-0002", "2026-0009", "2026-0099", "2026-0001/attempts", "directory")
NAMES = ("工程离职交接", "预警", "最后工作日", "职级", "离职审批", "接手人", "项目资料", "gate:")
HOSTILE = (
    "", "  ", "--", "{Z}", "%s", "%(x)s", "[red]x[/red]", "a\nb", "=1+1", "../../etc/passwd", "\\",
    '"', "-1", "9" * 30, "1e999", "NaN", "[[", '[{"编号": 5}]', "是", "2026-02-30", "2026-03-31",
    "0001-01-01", "9999-12-31", "２０２６年３月３１日", "\x1b[31m红", "\ufeff", "\u202e反", "💥",
    "状态:卡住", "期限<x", "x" * 3000, "最后工作日=2026-02-30", "职级=＃", "月薪=一万",
)  # fmt: skip
UNFILLED = re.compile(r"\{[a-z_]+\}")


class Words:
    """Draws command lines from a seed."""

    def __init__(self, seed: int, tasks: list[str]) -> None:
        self._random = Random(seed)  # noqa: S311 - a failure is to be drawn again
        self._tasks = tasks

    def drawn(self) -> list[str]:
        """One command line: a person, a command, its arguments; now and then one is missing."""
        words = self._random.choice([one for one in COMMANDS if one not in ELSEWHERE])
        given: list[str] = []
        for action in _parser(words)._actions:
            if action.dest not in {"help", "workspace", "language", "format", "actor"}:
                given += self._argument(action)
        if given and self._random.random() < 0.1:
            given.pop(self._random.randrange(len(given)))
        form = self._random.choice([[], [], ["--format", "json"]])
        return [*words.split(), *given, *form, "--as", self._random.choice(PEOPLE), "--lang", "zh"]

    def _argument(self, action: Action) -> list[str]:
        if not action.option_strings:
            several = action.nargs in {"*", "+", "?"}
            return [
                self._value(action) for _ in range(self._random.randint(0, 2) if several else 1)
            ]
        if not action.required and self._random.random() < 0.6:
            return []
        name = action.option_strings[-1]
        return [name] if action.nargs == 0 else [f"{name}={self._value(action)}"]

    def _value(self, action: Action) -> str:
        if action.choices and self._random.random() < 0.9:
            return self._random.choice(list(action.choices))
        likely = {"task": self._tasks, "case": CASES}.get(action.dest, (*NAMES, *PEOPLE, *CASES))
        return self._random.choice(likely if self._random.random() < 0.6 else HOSTILE)


def _parser(words: str) -> Parser:
    """The parser of a command."""
    parser = build_parser("zh")
    for word in words.split():
        parser = parser._subparsers._group_actions[0].choices[word]
    return parser


def _opened(folder: Path) -> Workspace:
    found = open_workspace(folder)
    assert isinstance(found, Workspace)
    return found


def _position(folder: Path) -> int:
    workspace = _opened(folder)
    position = workspace.store.position()
    workspace.store.close()
    return position


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder)
    monkeypatch.setenv("BATON_WORKSPACE", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


def speak(baton: Baton, demo: Path, seed: int, lines: int) -> None:
    workspace = _opened(demo)
    tasks = [row["id"] for row in workspace.store.rows("tasks")]
    workspace.store.close()
    words = Words(seed, tasks)
    for _ in range(lines):
        line, before = words.drawn(), _position(demo)
        ran = baton(*line)
        assert ran.status in {0, 1, 2}, line
        assert "C199" not in ran.err, (line, ran.err)
        assert not UNFILLED.search(ran.out + ran.err), (line, ran.out, ran.err)
        if ran.status == 2 or "--dry-run" in line:
            assert _position(demo) - before in {0, 1}, (line, ran.err)
    assert baton("verify").status == 0


@pytest.mark.parametrize("seed", range(1))
def test_random_words_are_told_and_leave_the_ledger_whole(
    baton: Baton, demo: Path, seed: int
) -> None:
    speak(baton, demo, seed, 15)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
def test_many_random_words_are_told_and_leave_the_ledger_whole(
    baton: Baton, demo: Path, seed: int
) -> None:
    speak(baton, demo, seed, 100)


@pytest.mark.usefixtures("demo")
def test_a_value_of_two_dashes_is_a_value(baton: Baton) -> None:
    assert baton("case", "list", "--as", "1103", "--where=--").status == 0
    said = ("case", "comment", "2026-0002", "同意", "--as", "1103")
    assert baton(*said, "--id=--", "--dry-run").status == 0
    assert baton("case", "suspend", "2026-0002", "--as", "1103", "--reason=--").status == 0
    assert ": “--”\n" in baton("case", "history", "2026-0002", "--as", "1103").out
