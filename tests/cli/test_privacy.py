"""A private value is planted; no command and no view shows it to anybody whom it is not for."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.workplace import host
from engine.commands import Actor
from engine.desk.board import BoardQuery
from engine.desk.desk import Desk
from engine.graph.view import View
from engine.service import Service
from engine.texts import MESSAGES
from engine.workspace import Workspace, open_workspace
from tests.cli.conftest import SMALL, Baton
from tests.cli.test_dry_runs import READING as READING_COMMANDS

CASE = "2026-0001"
OPENED, TYPED = ("31415", "Xanadu"), ("27182", "Kubla")
MARKS = (*OPENED, *TYPED)
PRIVATE = """
fact salary "Salary" money optional private to office set by office
fact ground "Ground" text optional private to office set by office
"""
LAST = ("--fact", "last_day=2026-03-31")
VIEWERS = {
    "the person whom the case is about": "li",
    "a manager of the person": "boss",
    "the successor": "bo2",
    "nobody in the case": "bo",
}
OPENING = ("case", "open", "growing_company", "--as", "eve", "--subject", "li", *LAST)
READING = (
    ("case", "show", CASE),
    ("case", "history", CASE, "--inner"),
    ("case", "gantt", CASE),
    ("case", "list", "--all"),
    ("task", "list", "--all"),
    ("notice", "list", "--all"),
    ("warning", "list", "--all"),
    ("refusal", "list"),
    ("report", "unfinished"),
    ("report", "unfinished", CASE),
    ("report", "responsible", "equipment"),
    ("report", "leftovers"),
    ("report", "lateness"),
    ("report", "durations"),
    ("people", "list"),
    ("people", "export"),
    ("people", "substitutes"),
)
ACTING = (
    ("case", "change", CASE, "--fact", "salary=1 CNY", "--reason", "x", "--dry-run"),
    ("case", "withdraw", CASE, "--reason", "x", "--dry-run"),
    ("case", "comment", CASE, "hello", "--dry-run"),
    ("case", "cancel", CASE, "--reason", "x", "--dry-run"),
)


@pytest.fixture
def planted(baton: Baton, sandbox: Path, tmp_path: Path) -> Path:
    """A case with private facts: opened with them, changed, and a change that was refused."""
    file = tmp_path / "private.rulebook"
    text = SMALL.read_text(encoding="utf-8").replace("version 1.0.0", "version 1.1.0")
    file.write_text(text.replace("\nfact laptop", f"{PRIVATE}\nfact laptop"), encoding="utf-8")
    for command in (
        ("publish", str(file), "--reason", "private"),
        (*OPENING, "--fact", "salary=31415 CNY", "--fact", "ground=Xanadu"),
        ("task", "approve", f"{CASE}/resignation.manager", "--as", "boss"),
        ("task", "name", f"{CASE}/successor", "bo2", "--as", "boss"),
        ("case", "change", CASE, "--fact", "salary=27182 CNY", "--reason", "x", "--as", "eve"),
        ("case", "change", CASE, "--fact", "ground=Kubla", "--reason", "x", "--as", "eve"),
    ):
        ran = baton(*command)
        assert ran.status == 0, ran.out + ran.err
    tried = ("case", "change", CASE, "--fact", "salary=16180 CNY", "--reason", "x", "--as", "boss")
    assert baton(*tried).status == 1
    return sandbox


def plain(text: str) -> str:
    return text.replace(",", "").replace(" ", "")


WITHOUT_CASES = frozenset(
    {
        "test",
        "graph",
        "explain",
        "schema",
        "verify",
        "task show",
        "diff",
        "flatten",
        "people grants",
        "warning plan",
    }
)
"""What reads no case; single tasks are shown one by one below, `diff --impact` is looked through in `test_impact`,
and a plan is made of facts that its reader gives."""


def test_every_command_that_reads_is_looked_through() -> None:
    listed = {" ".join(part for part in command[:2]) for command in READING}
    assert listed == READING_COMMANDS - WITHOUT_CASES


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_command_shows_a_private_value(
    baton: Baton, monkeypatch: pytest.MonkeyPatch, viewer: str, form: str
) -> None:
    monkeypatch.setattr("cli.workplace.account", lambda: "nobody-else")
    tasks = baton("task", "list", "--all", "--as", viewer, "--format", "json").document
    shows = [("task", "show", f"{one['case']}/{one['ref']}") for one in tasks]
    for command in (*READING, *ACTING, *shows):
        for language in ("en", "zh"):
            ran = baton(*command, "--as", viewer, "--format", form, "--lang", language)
            shown = plain(ran.out + ran.err)
            assert not [mark for mark in (*MARKS, "16180") if mark in shown], command


@pytest.mark.usefixtures("planted")
def test_whom_it_is_for_sees_it(baton: Baton) -> None:
    shown = plain(baton("case", "show", CASE, "--as", "eve").out)
    assert [mark in shown for mark in MARKS] == [False, False, True, True]


@pytest.mark.usefixtures("planted")
def test_an_attempt_is_listed_without_the_value_that_was_typed(baton: Baton) -> None:
    for form in ("text", "json"):
        ran = baton("refusal", "list", "--format", form)
        assert "R101" in ran.out
        assert "16180" not in plain(ran.out)


@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
def test_no_view_of_a_desk_shows_a_private_value(planted: Path, viewer: str) -> None:
    workspace = open_workspace(planted)
    assert isinstance(workspace, Workspace)
    service = Service(workspace.store, workspace.settings, host())
    desk = Desk(service, Actor(viewer, "sandbox", host()))
    found: list[object] = []
    for language in ("en", "zh"):
        found += [desk.case(CASE, language), desk.timeline(CASE, language), desk.inbox(language)]
        found += [desk.board(BoardQuery(), language, 0, 50), desk.rulebooks(language)]
        found += [desk.drawing(CASE, View(language, lambda message: MESSAGES.say("en", message)))]
    workspace.store.close()
    shown = plain(repr(found))
    assert not [mark for mark in (*MARKS, "16180") if mark in shown]
