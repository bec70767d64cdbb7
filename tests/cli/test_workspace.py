"""Workspaces on the command line: init, people, feeds, the clock, verify."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.store.port import RowChange, Transaction
from tests.cli.conftest import CONSTRUCTION, DATA, ROOT, SMALL, Baton
from tests.engine.store.samples import act, ledger

SAMPLE = ROOT / "rulebooks" / "sample_company"


def test_init_makes_a_workspace_once(baton: Baton, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    made = baton("init", str(folder), "--timezone", "Europe/London", "--format", "json")
    assert made.status == 0
    assert made.document["timezone"] == "Europe/London"
    assert made.document["sandbox"] is False
    again = baton("init", str(folder))
    assert again.status == 2
    assert "C102" in again.err
    assert "C101" in baton("init", str(tmp_path)).err
    assert "C106" in baton("init", str(tmp_path / "x"), "--timezone", "Mars/Base").err
    for zone in ("Asia", "x" * 300):
        assert "C106" in baton("init", str(tmp_path / "x"), "--timezone", zone).err
    assert "C103" in baton("init", str(tmp_path / ("x" * 300))).err
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "C103" in baton("init", str(tmp_path / "file" / "below")).err


def test_init_takes_the_machines_zone(
    baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    ran = baton("init", str(tmp_path / "new"), "--sandbox", "--lang", "zh")
    assert "沙箱" in ran.out
    assert "Asia/Tokyo" in ran.out


def test_without_a_workspace_nothing_goes(baton: Baton, tmp_path: Path) -> None:
    for command in (["case", "list"], ["verify"], ["people", "list"], ["advance"]):
        ran = baton(*command, "--workspace", str(tmp_path))
        assert ran.status == 2
        assert ran.err.startswith("baton: C104: ")


@pytest.mark.usefixtures("sandbox")
def test_people_are_imported_whole_or_not_at_all(baton: Baton, tmp_path: Path) -> None:
    ran = baton(
        "people", "import", str(SAMPLE / "people.csv"),
        "--departments", str(SAMPLE / "departments.csv"),
    )  # fmt: skip
    assert ran.out.endswith("Imported: 63 people, 14 departments.\n")
    bad = tmp_path / "bad.csv"
    bad.write_text("id,name,manager\n1,Ann,2\n1,Bo,\n", encoding="utf-8")
    refused = baton("people", "import", str(bad))
    assert refused.status == 1
    assert "bad.csv, row" in refused.out
    assert "Nothing was imported." in refused.out
    assert baton("people", "list", "--format", "json").document[0]["id"] == "1001"
    problems = baton("people", "import", str(bad), "--format", "json", "--lang", "zh").document
    assert {one["row"] for one in problems["problems"]} <= {2, 3}
    assert "P101" in baton("people", "import", "not there.csv").out


@pytest.mark.usefixtures("sandbox")
def test_people_are_listed_by_department_and_group(baton: Baton) -> None:
    everybody = baton("people", "list")
    assert everybody.out.splitlines()[0].split()[:2] == ["id", "name"]
    assert everybody.out.endswith("People: 6\n")
    assert baton("people", "list", "--department", "sales").out.endswith("People: 2\n")
    office = baton("people", "list", "--group", "Office", "--format", "json").document
    assert [one["id"] for one in office] == ["eve", "sam"]


@pytest.mark.usefixtures("sandbox")
def test_a_table_is_cut_to_the_terminal(baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = baton("people", "list").out.splitlines()
    assert all(len(line) <= 60 for line in lines)
    assert any("…" in line for line in lines)


@pytest.mark.usefixtures("sandbox")
def test_names_do_not_reach_the_terminal_as_commands(baton: Baton, tmp_path: Path) -> None:
    rows = list(csv.reader((DATA / "people.csv").read_text(encoding="utf-8").splitlines()))
    rows[1][1] = "[red]{x}%s"
    file = tmp_path / "people.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    assert baton("people", "import", str(file)).status == 0
    assert "[red]{x}%s" in baton("people", "list").out


@pytest.mark.usefixtures("sandbox")
def test_feeds_are_imported_for_a_published_rulebook(baton: Baton, tmp_path: Path) -> None:
    assert baton("publish", str(CONSTRUCTION), "--reason", "首版").status == 0
    book = ["--rulebook", "工程项目负责人离职交接"]
    ran = baton("feed", "import", "工程管理系统", str(SAMPLE / "projects.csv"), *book)
    assert ran.status == 0
    assert "Imported into erp of 工程离职交接: 9 rows." in ran.out
    assert "P207" in ran.out, "the holders are not in the small company"
    bad = tmp_path / "loans.csv"
    bad.write_text("编号,借款人,事由,金额\nL-1,li,x,many\n", encoding="utf-8")
    refused = baton("feed", "import", "借款台账", str(bad), *book, "--lang", "zh")
    assert refused.status == 1
    assert "P201" in refused.out
    assert "C122" in baton("feed", "import", "crm", str(bad), *book).err
    unknown = baton("feed", "import", "erp", str(bad), "--rulebook", "nothing")
    assert "C113" in unknown.err
    assert "growing_company" in unknown.err


@pytest.mark.usefixtures("sandbox")
def test_the_clock_of_a_sandbox_goes_forward(baton: Baton, case: str) -> None:
    ran = baton("advance", "--at", "2026-03-05 08:00")
    assert ran.status == 0, ran.err
    assert ran.out.startswith("It is 2026-03-05 08:00; cases in which something was due: 1\n")
    told = sum(line.startswith("  ") for line in ran.out.splitlines())
    assert f"Case {case}, events: {told}\n" in ran.out
    back = baton("advance", "--at", "2026-03-04")
    assert back.status == 1
    assert back.err.startswith("R143 ")
    assert "It is 2026-03-05 08:00 already, so it cannot become 2026-03-04 00:00." in back.err
    for at in ("tomorrow", "0001-01-01"):
        assert "C129" in baton("advance", "--at", at).err
    document = baton("advance", "--format", "json").document
    assert document["cases"] == 0
    assert document["now"] == "2026-03-05T08:00:00+08:00"


def test_a_live_workspace_has_no_clock_to_set(
    baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = ["--workspace", str(tmp_path / "live")]
    assert baton("init", *here).status == 0
    assert "R142" in baton("advance", "--at", "2030-01-01", *here).err
    assert baton("advance", *here).status == 0
    assert "R131" in baton("case", "list", *here).err
    assert baton("administrators", "--add", "zhou", "--reason", "x", *here).status == 0
    monkeypatch.setattr("cli.workplace.account", lambda: "nobody-else")
    for command in (
        ["advance"],
        ["people", "import", str(DATA / "people.csv")],
        ["publish", str(SMALL), "--reason", "x"],
    ):
        refused = baton(*command, *here)
        assert refused.status == 1
        assert refused.err.startswith("R134 ")


def test_a_person_acts_for_another_only_with_a_grant(
    baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.workplace.account", lambda: "ann")
    here = ["--workspace", str(tmp_path / "live")]
    monkeypatch.setattr("cli.commands.init.account", lambda: "ann")
    assert baton("init", *here).status == 0
    assert baton("people", "import", str(DATA / "people.csv"), *here).status == 0
    assert baton("case", "list", *here).status == 0
    assert "R132" in baton("case", "list", "--as", "li", *here).err
    grant = ("people", "grant", "li", "boss", *here)
    assert "R107" in baton(*grant).err
    assert "R137" in baton(*grant, "--until", "2001-01-01", "--reason", "x").err
    assert "R139" in baton("people", "grant", "li", "li", "--reason", "x", *here).err
    assert "R110" in baton("people", "grant", "li", "nobody", "--reason", "x", *here).err
    assert baton(*grant, "--until", "2199-12-31", "--reason", "she is ill", "--id", "g").status == 0
    assert baton(*grant, "--until", "2199-12-31", "--reason", "she is ill", "--id", "g").status == 0
    assert "R147" in baton(*grant, "--reason", "another", "--id", "g").err
    assert baton("people", "import", str(DATA / "people.csv"), *here).status == 0
    assert baton("case", "list", "--as", "li", *here).status == 0
    shown = baton("people", "grants", "li", "--format", "json", *here).document
    assert {"is": "grant", "person": "li", "by": "boss", "last": "2199-12-31"} in shown
    assert baton(*grant, "--end", "--reason", "she is back").status == 0
    assert "R148" in baton(*grant, "--end", "--reason", "she is back").err
    assert "R132" in baton("case", "list", "--as", "li", *here).err


def test_an_administrator_whose_account_is_nobodys_arranges_for_people(
    baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.workplace.account", lambda: "office")
    monkeypatch.setattr("cli.commands.init.account", lambda: "office")
    here = ["--workspace", str(tmp_path / "live")]
    assert baton("init", *here).status == 0
    assert baton("people", "import", str(DATA / "people.csv"), *here).status == 0
    days = ("--from", "2199-01-01", "--to", "2199-01-02")
    arranging = (
        ("people", "grant", "li", "boss", "--reason", "ill", *here),
        ("people", "substitute", "li", "boss", *days, *here),
    )
    assert [baton(*each).status for each in arranging] == [0, 0]
    monkeypatch.setattr("cli.workplace.account", lambda: "nobody-else")
    assert [baton(*each).err[:5] for each in arranging] == ["R131 ", "R131 "]


@pytest.mark.usefixtures("sandbox")
def test_verify_counts_what_is_whole(baton: Baton) -> None:
    ran = baton("verify", "--lang", "zh")
    assert ran.status == 0
    assert ran.out.endswith("账本完好。\n")
    document = baton("verify", "--format", "json").document
    assert document["damage"] == []
    assert len(document["summary"]["last_hash"]) == 64


def test_verify_shows_damage(baton: Baton, sandbox: Path) -> None:
    files = sorted((sandbox / "ledger").rglob("*"), key=lambda one: -one.stat().st_size)
    ledger = next(file for file in files if file.is_file())
    content = bytearray(ledger.read_bytes())
    content[len(content) // 2] ^= 1
    ledger.write_bytes(bytes(content))
    ran = baton("verify")
    assert ran.status == 1
    assert "K1" in ran.out + ran.err
    assert "Traceback" not in ran.err
    assert "Last hash" not in ran.out
    assert baton("people", "list").status == 1


def test_what_is_missing_beside_the_ledger_leaves_its_chain_whole(
    baton: Baton, sandbox: Path
) -> None:
    store = ledger(sandbox / "ledger")
    naming = act("2026-0008", {"proof": {"sha256": 64 * "0", "size": 3}})
    store.append(Transaction("proof", {}, (naming,), ()))
    store.close()
    ran = baton("verify")
    assert (ran.status, "K114" in ran.out, "Last hash" in ran.out) == (1, True, True)
    document = baton("verify", "--format", "json").document
    assert [one["code"] for one in document["damage"]] == ["K114"]
    assert document["summary"]["events"] > 0


def test_a_damaged_ledger_is_not_counted_by_its_snapshot(baton: Baton, sandbox: Path) -> None:
    assert baton("compact").status == 0
    file = sandbox / "ledger" / "ledger.baton"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))
    ran = baton("verify")
    assert (ran.status, "K106" in ran.out, "Last hash" in ran.out) == (1, True, False)
    document = baton("verify", "--format", "json").document
    assert [one["code"] for one in document["damage"]] == ["K106"]
    assert document["summary"] is None


def test_a_shape_of_another_version_is_told_with_its_place(baton: Baton, sandbox: Path) -> None:
    store = ledger(sandbox / "ledger")
    for number, kind in ((8, "CaseOpened"), (9, "CaseUnheardOf")):
        strange = act(f"2026-000{number}", {"colour": "blue"})
        strange = replace(strange, events=(replace(strange.events[0], type=kind, version=1),))
        rows = (RowChange("cases", f"2026-000{number}", {"id": f"2026-000{number}"}),)
        store.append(Transaction(kind, {}, (strange,), rows))
    store.close()
    for number in (8, 9):
        ran = baton("case", "show", f"2026-000{number}", "--as", "li")
        assert ran.status == 1
        assert "C105" in ran.err
        assert "C199" not in ran.err
        assert "Case" in ran.err
    assert baton("verify").status == 0


@pytest.mark.usefixtures("sandbox")
def test_exported_people_can_be_imported(baton: Baton, tmp_path: Path) -> None:
    everybody = baton("people", "list", "--format", "json").document
    people, departments = tmp_path / "people.csv", tmp_path / "departments.csv"
    people.write_text(baton("people", "export", "--lang", "zh").out, encoding="utf-8")
    departments.write_text(baton("people", "export", "--departments").out, encoding="utf-8")
    assert baton("people", "export", "--format", "json").document == everybody
    ran = baton("people", "import", str(people), "--departments", str(departments))
    assert ran.status == 0
    assert baton("people", "list", "--format", "json").document == everybody


def test_a_view_of_the_board_is_listed_by_its_name(
    case: str, baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert case in baton("case", "list", "--view", "live", "--as", "boss").out
    assert (
        baton("case", "list", "--view", "closed", "--as", "boss", "--format", "json").document == []
    )
    ran = baton("case", "list", "--view", "mien", "--as", "boss")
    assert ran.status == 2
    assert "C142" in ran.err
    for view in ((), ("--view", "live")):
        ran = baton("case", "list", "--where", "shoe:9", *view, "--as", "boss")
        assert (ran.status, ran.out) == (2, "")
        assert "C140" in ran.err
