"""Notices and early warnings on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import SMALL, Baton

RULES = """
record lease "Lease"
  key number
  number text
  ends date

feed leases "Leases" of lease

rule short_notice "Short notice"
  whenever case opens
  notify manager by email "{leaver.name} leaves on {last_day}"
  because "House rule 7"

rule ending "A lease ends"
  watch each x in leases
  when x.ends < 2026-04-01
  notify office by email "Lease {x.number} ends on {x.ends}"
  note "Look for another"
"""

HELD = RULES.replace("  key number\n", "  key number\n  held by tenant\n  tenant person optional\n")


def published(baton: Baton, folder: Path) -> None:
    text = SMALL.read_text(encoding="utf-8").replace("version 1.0.0", "version 1.1.0")
    file = folder / "ruled.rulebook"
    file.write_text(text + RULES, encoding="utf-8")
    ran = baton("publish", str(file), "--reason", "rules")
    assert ran.status == 0, ran.out + ran.err


def test_whoever_was_told_lists_the_notices(baton: Baton, sandbox: Path, tmp_path: Path) -> None:
    assert sandbox.is_dir()
    published(baton, tmp_path)
    opened = baton("case", "open", "growing_company", "--as", "li", "--fact", "last_day=2026-03-31")
    assert opened.status == 0
    (notice,) = baton("notice", "list", "--as", "boss", "--format", "json").document
    assert notice["text"] == "Li Wei leaves on 2026-03-31"
    assert notice["rule"] == "Short notice"
    assert notice["to"] == ["Ann Boss"]
    assert baton("notice", "list", "--as", "li").out == "Notices: 0\n"
    assert "Li Wei leaves on 2026-03-31" in baton("notice", "list", "--as", "li", "--all").out
    assert baton("notice", "list", "--as", "bo", "--all").out == "Notices: 0\n"
    history = baton("case", "history", "2026-0001", "--as", "boss").out
    assert "Rule “Short notice” acts. Why: House rule 7" in history


def test_a_feed_raises_warnings_that_are_listed(
    baton: Baton, sandbox: Path, tmp_path: Path
) -> None:
    assert sandbox.is_dir()
    published(baton, tmp_path)
    file = tmp_path / "leases.csv"
    file.write_text("number,ends\nA 1,2026-03-20\nB 2,2026-12-31\n", encoding="utf-8")
    given = ["feed", "import", "leases", str(file), "--rulebook", "growing_company"]
    assert baton(*given).status == 0
    (warning,) = baton("warning", "list", "--as", "eve", "--format", "json").document
    assert (warning["rule"], warning["key"]) == ("ending", "A 1")
    assert warning["notes"] == ["Look for another"]
    assert "Lease A 1 ends on 2026-03-20" in baton("notice", "list", "--as", "eve").out
    file.write_text("number,ends\nB 2,2026-12-31\n", encoding="utf-8")
    assert baton(*given).status == 0
    assert baton("warning", "list", "--as", "eve").out == "Warnings: 0\n"
    assert len(baton("warning", "list", "--all", "--format", "json").document) == 1


def test_a_warning_lets_its_reader_see_the_plan_of_a_case(
    baton: Baton, sandbox: Path, tmp_path: Path
) -> None:
    assert sandbox.is_dir()
    text = SMALL.read_text(encoding="utf-8").replace("version 1.0.0", "version 1.1.0")
    (tmp_path / "ruled.rulebook").write_text(text + HELD, encoding="utf-8")
    assert baton("publish", str(tmp_path / "ruled.rulebook"), "--reason", "rules").status == 0
    file = tmp_path / "leases.csv"
    file.write_text("number,tenant,ends\nA 1,li,2026-03-20\nB 2,bo,2026-12-31\n", encoding="utf-8")
    given = ["feed", "import", "leases", str(file), "--rulebook", "growing_company"]
    assert baton(*given).status == 0
    plan = ("warning", "plan", "growing_company/ending/A 1", "--fact", "last_day=2026-03-31")
    shown = baton(*plan, "--as", "eve", "--format", "json").document
    assert (shown["subject"], shown["name"]) == ("li", "Li Wei")
    assert {"step", "item"} <= {one["kind"] for one in shown["plan"]}
    told = baton(*plan, "--as", "eve").out
    assert all(one["title"] in told for one in shown["plan"])
    options = (*plan[3:], "--as", "eve", "growing_company", "--format", "json")
    assert baton(*plan[:3], *options).document == shown, "the order is free"
    assert baton("case", "list", "--as", "eve", "--format", "json").document == []
    assert "R101" in baton(*plan, "--as", "bo").err
    file.write_text("number,tenant,ends\nB 2,bo,2026-12-31\n", encoding="utf-8")
    assert baton(*given).status == 0
    assert "C152" in baton(*plan, "--as", "eve").err
    assert baton(*plan, "--as", "eve", "--subject", "li").out == told
    assert "C151" in baton("warning", "plan", "growing_company/none", "--as", "eve").err


ASKED = """
rulebook {id} "{id}"
  version 1.0.0
  timezone "UTC"
role leaver "Leaver" is subject
role boss "Boss" is manager of leaver
item keys "Keys"
  from leaver to boss
process talk "Talk"
  started by leaver
  managed by boss
  first items
process asked "Asked to go"
  started by boss
  managed by boss
  first items
"""


def test_whoever_may_not_begin_the_process_of_a_warning_is_told_what_they_may_begin(
    baton: Baton, sandbox: Path, tmp_path: Path
) -> None:
    assert sandbox.is_dir()
    file = tmp_path / "one.rulebook"

    def publish(text: str) -> None:
        file.write_text(text, encoding="utf-8")
        assert baton("publish", str(file), "--reason", "rules").status == 0

    text = SMALL.read_text(encoding="utf-8").replace("version 1.0.0", "version 1.1.0")
    publish(text + HELD)
    leases = tmp_path / "leases.csv"
    leases.write_text("number,tenant,ends\nA 1,li,2026-03-20\n", encoding="utf-8")
    given = ["feed", "import", "leases", str(leases), "--rulebook", "growing_company"]
    assert baton(*given).status == 0
    plan = ("--as", "boss", "warning", "plan", "growing_company/ending/A 1")
    assert "R101" in baton(*plan).err
    publish(ASKED.format(id="first_one"))
    taken = baton(*plan, "--format", "json").document["plan"]
    assert [one["title"] for one in taken] == ["Keys"]
    assert "R101" in baton(*plan, "first_one", "--process", "talk").err
    publish(ASKED.format(id="second_one"))
    told = baton(*plan)
    assert told.status == 2
    assert "C154" in told.err
    assert "first_one --process asked, second_one --process asked" in told.err
    assert baton(*plan, "second_one", "--process", "asked").status == 0
    told = baton(*plan, "first_one")
    assert "first_one --process asked, second_one --process asked" in told.err
