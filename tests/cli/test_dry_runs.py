"""Every act can be asked what it would do, and then writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.commands import COMMANDS
from cli.workplace import account
from engine.workspace import Workspace, open_workspace
from tests.cli.conftest import SMALL, Baton

CASE = "2026-0001"
STEP = f"{CASE}/resignation.manager"
WORK = f"{CASE}/work_in_progress"
EQUIPMENT = f"{CASE}/equipment"

READING = frozenset(
    {
        "people list", "people substitutes", "people grants", "people export", "test", "graph", "explain",
        "schema", "case list", "case show", "case history", "case gantt", "task list", "task show",
        "notice list", "warning list", "warning plan", "refusal list", "report unfinished", "report responsible",
        "report leftovers", "report lateness", "report durations", "verify", "diff", "flatten",
    }
)  # fmt: skip
SCREENS = frozenset({"tui", "lsp", "design", "serve"})
"""What shows a screen or speaks with one; each act there is asked what it would do."""

APPLICATION: dict[str, tuple[str, ...]] = {
    "case withdraw": (CASE, "--reason", "x", "--as", "li"),
    "case suspend": (CASE, "--reason", "x", "--as", "eve"),
    "case cancel": (CASE, "--reason", "x", "--as", "eve"),
    "case comment": (CASE, "hello", "--as", "li"),
    "case change": (CASE, "--fact", "last_day=2026-04-30", "--reason", "x", "--as", "eve"),
    "task approve": (STEP, "--as", "boss"),
    "task reject": (STEP, "--opinion", "x", "--as", "boss"),
    "task return": (STEP, "--opinion", "x", "--as", "boss"),
    "task claim": (STEP, "--as", "boss"),
    "task delegate": (STEP, "bo2", "--reason", "x", "--as", "boss"),
    "task reassign": (STEP, "bo2", "--reason", "x", "--as", "eve"),
    "task add-approver": (STEP, "bo2", "--reason", "x", "--as", "eve"),
    "task suspend": (STEP, "--reason", "x", "--as", "eve"),
    "task comment": (STEP, "hello", "--as", "li"),
    "people substitute": ("boss", "bo2", "--from", "2026-03-03", "--to", "2026-03-04", "--as", "boss"),
    "people grant": ("boss", "bo2", "--reason", "x", "--as", "boss"),
    "case open": ("growing_company", "--subject", "bo", "--fact", "last_day=2026-05-29", "--as", "eve"),
}  # fmt: skip
HANDOVER: dict[str, tuple[str, ...]] = {
    "task name": (f"{CASE}/successor", "bo2", "--as", "boss"),
    "task provide": (WORK, "open_tasks=none", "--as", "li"),
    "task hand-over": (EQUIPMENT, "--as", "li"),
    "task waive": (EQUIPMENT, "--reason", "x", "--as", "eve"),
}
GIVEN: dict[str, tuple[str, ...]] = {
    "task sign": (EQUIPMENT, "--as", "eve"),
    "task refuse": (EQUIPMENT, "--reason", "x", "--as", "eve"),
    "task call-back": (EQUIPMENT, "--reason", "x", "--as", "li"),
}
ELSEWHERE = frozenset(
    {
        "case resume", "case reopen", "task resume", "task resubmit", "task attach", "task complete",
        "task release", "task remove-approver", "task state-cause", "task confirm-cause",
        "task refuse-cause", "check", "publish", "people import", "feed import", "init",
        "administrators", "fmt", "advance", "run", "compact", "backup", "restore", "export", "import",
        "new",
    }
)  # fmt: skip
"""Acts that need a case in another state: below, or only asked whether they have the option."""


def position(folder: Path) -> int:
    workspace = open_workspace(folder)
    assert isinstance(workspace, Workspace)
    try:
        return workspace.store.position()
    finally:
        workspace.store.close()


def foreseen(baton: Baton, folder: Path, command: str, arguments: tuple[str, ...]) -> None:
    before = position(folder)
    ran = baton(*command.split(), *arguments, "--dry-run")
    assert ran.status == 0, (command, ran.out, ran.err)
    assert position(folder) == before, command
    shown = baton(*command.split(), *arguments, "--dry-run", "--format", "json")
    assert isinstance(shown.document, dict), command
    assert position(folder) == before, command


def test_every_command_reads_shows_or_acts() -> None:
    acting = {*APPLICATION, *HANDOVER, *GIVEN, *ELSEWHERE}
    assert set(COMMANDS) == READING | SCREENS | acting
    assert not READING & acting
    assert not SCREENS & acting


@pytest.mark.parametrize("command", sorted({*APPLICATION, *HANDOVER, *GIVEN, *ELSEWHERE}))
def test_every_command_that_writes_has_a_dry_run(baton: Baton, command: str) -> None:
    assert "--dry-run" in baton(*command.split(), "--help").out


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("command", APPLICATION)
def test_acts_on_an_application_write_nothing(baton: Baton, sandbox: Path, command: str) -> None:
    foreseen(baton, sandbox, command, APPLICATION[command])


@pytest.mark.usefixtures("case")
def test_acts_on_what_is_handed_over_write_nothing(baton: Baton, sandbox: Path) -> None:
    assert baton("task", "approve", STEP, "--as", "boss").status == 0
    for command, arguments in HANDOVER.items():
        foreseen(baton, sandbox, command, arguments)
    assert baton("task", "hand-over", EQUIPMENT, "--as", "li").status == 0
    for command, arguments in GIVEN.items():
        foreseen(baton, sandbox, command, arguments)


@pytest.mark.usefixtures("case")
def test_what_stands_still_or_has_ended_is_taken_up_only_in_thought(
    baton: Baton, sandbox: Path
) -> None:
    assert baton("task", "suspend", STEP, "--reason", "x", "--as", "eve").status == 0
    foreseen(baton, sandbox, "task resume", (STEP, "--reason", "x", "--as", "eve"))
    assert baton("case", "suspend", CASE, "--reason", "ill", "--as", "eve").status == 0
    assert "R170" in baton("task", "approve", STEP, "--as", "boss").err
    foreseen(baton, sandbox, "case resume", (CASE, "--reason", "x", "--as", "eve"))
    assert baton("case", "resume", CASE, "--reason", "well", "--as", "eve").status == 0
    assert baton("task", "resume", STEP, "--reason", "well", "--as", "eve").status == 0
    assert baton("case", "cancel", CASE, "--reason", "no", "--as", "eve").status == 0
    assert "R103" in baton("task", "approve", STEP, "--as", "boss").err
    foreseen(baton, sandbox, "case reopen", (CASE, "--reason", "x", "--as", "eve"))
    assert baton("case", "show", CASE, "--as", "eve").out.count("cancelled") >= 1


def test_imports_and_publishing_are_tried_without_a_trace(
    baton: Baton, sandbox: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "newer.rulebook"
    feed = 'record lease "Lease"\n  number "Number" text\n  key number\n\nfeed leases "Leases" of lease\n'
    text = SMALL.read_text(encoding="utf-8").replace("version 1.0.0", "version 1.1.0")
    newer.write_text(
        text.replace(
            "fact last_day",
            f'{feed}\nfact leases "Leases" list of lease from leases\nfact last_day',
            1,
        ),
        encoding="utf-8",
    )
    people = Path(__file__).parent / "data" / "people.csv"
    foreseen(baton, sandbox, "publish", (str(newer), "--reason", "x"))
    foreseen(baton, sandbox, "people import", (str(people),))
    assert baton("publish", str(newer), "--reason", "x").status == 0
    opened = baton("case", "open", "growing_company", "--as", "li", "--fact", "last_day=2026-03-31")
    assert opened.status == 0, opened.err
    rows = tmp_path / "leases.csv"
    rows.write_text("number\nA 1\n", encoding="utf-8")
    foreseen(baton, sandbox, "feed import", ("leases", str(rows), "--rulebook", "growing_company"))
    tried = baton(
        "feed", "import", "leases", str(rows), "--rulebook", "growing_company", "--dry-run"
    )
    assert "nothing was written" in tried.out
    assert CASE in tried.out


@pytest.mark.usefixtures("case")
def test_time_passes_only_in_thought(baton: Baton, sandbox: Path) -> None:
    foreseen(baton, sandbox, "run", ())
    foreseen(baton, sandbox, "advance", ("--at", "2026-03-09 09:00"))
    tried = baton("advance", "--at", "2026-03-09 09:00", "--dry-run").out.splitlines()
    done = baton("advance", "--at", "2026-03-09 09:00").out.splitlines()
    assert tried[1:] == done[1:]
    assert any(CASE in line for line in done)
    assert "R143" in baton("advance", "--at", "2026-03-01", "--dry-run").err


def test_a_live_workspace_tells_what_is_to_come(
    baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_WORKSPACE", str(tmp_path / "live"))
    foreseen_only = baton("init", "--timezone", "Asia/Shanghai", "--dry-run")
    assert foreseen_only.status == 0
    assert not (tmp_path / "live").exists()
    assert baton("init", "--timezone", "Asia/Shanghai").status == 0
    assert "C102" in baton("init", "--dry-run").err
    foreseen(baton, tmp_path / "live", "advance", ("--at", "2199-01-01"))
    assert "R142" in baton("advance", "--at", "2199-01-01").err
    assert "R143" in baton("advance", "--at", "2001-01-01", "--dry-run").err


def test_keeping_a_workspace_is_tried_without_a_trace(
    baton: Baton, sandbox: Path, tmp_path: Path
) -> None:
    there = str(tmp_path / "copy")
    lines = tmp_path / "ledger.jsonl"
    foreseen(baton, sandbox, "administrators", ("--add", "somebody", "--reason", "x"))
    assert (
        "somebody" in baton("administrators", "--add", "somebody", "--reason", "x", "--dry-run").out
    )
    assert (
        "R144" in baton("administrators", "--remove", account(), "--reason", "x", "--dry-run").err
    )
    foreseen(baton, sandbox, "compact", ())
    foreseen(baton, sandbox, "backup", (there,))
    foreseen(baton, sandbox, "export", (str(lines),))
    assert not lines.exists()
    assert baton("export", str(lines)).status == 0
    assert "K132" in baton("export", str(lines), "--dry-run").err
    for command in (("restore", str(sandbox)), ("import", str(lines))):
        assert baton(*command, "--workspace", there, "--dry-run").status == 0
        assert "K130" in baton(*command, "--workspace", str(sandbox), "--dry-run").err
    lines.write_bytes(lines.read_bytes()[:-40])
    assert "K131" in baton("import", str(lines), "--workspace", there, "--dry-run").err
    assert {one.name for one in tmp_path.iterdir()} == {"sandbox", "ledger.jsonl"}


def test_a_workspace_made_where_one_stands_is_named_in_full(
    baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert str(tmp_path.resolve()) in baton("init", "--sandbox", "--dry-run", ".").out
    assert str(tmp_path.resolve()) in baton("init", "--sandbox", ".").out
