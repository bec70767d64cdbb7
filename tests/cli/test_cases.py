"""Cases on the command line: open, list, show, history, change, comment, withdraw."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.texts import MESSAGES as WORDS
from engine.texts import MESSAGES
from tests.cli.conftest import CONSTRUCTION, DATA, ROOT, Baton

OPEN = ("case", "open", "growing_company")
LAST_DAY = ("--fact", "last_day=2026-03-31")


@pytest.mark.usefixtures("sandbox")
def test_a_case_is_foreseen_then_opened(baton: Baton) -> None:
    foreseen = baton(*OPEN, "--as", "Li Wei", "--dry-run", *LAST_DAY)
    assert foreseen.status == 0
    assert "nothing was written" in foreseen.out
    assert baton("case", "list", "--as", "li", "--format", "json").document == []
    opened = baton(*OPEN, "--as", "Li Wei", *LAST_DAY)
    assert opened.status == 0
    assert opened.out.splitlines()[1:] == foreseen.out.splitlines()[1:]
    assert "Waits for" in baton("task", "show", "resignation.manager", "--as", "li").out


@pytest.mark.usefixtures("sandbox")
def test_an_id_makes_opening_idempotent(baton: Baton) -> None:
    first = baton(*OPEN, "--as", "li", *LAST_DAY, "--id", "o-1", "--format", "json").document
    again = baton(*OPEN, "--as", "li", *LAST_DAY, "--id", "o-1", "--format", "json").document
    assert (first["case"], first["repeated"]) == ("2026-0001", False)
    assert (again["case"], again["repeated"], again["events"]) == ("2026-0001", True, [])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("last_day=2026/3/31", "2026-03-31"),
        ("Last working day=2026年3月31日", "2026-03-31"),
        ("last_day=２０２６-03-31", "2026-03-31"),
    ],
)
@pytest.mark.usefixtures("sandbox")
def test_facts_are_typed_as_rulebooks_write_them(baton: Baton, text: str, shown: str) -> None:
    assert baton(*OPEN, "--as", "li", "--fact", text, "--fact", "laptop=否").status == 0
    facts = baton("case", "show", "2026-0001", "--as", "li", "--format", "json").document["facts"]
    assert {one["id"]: one["shown"] for one in facts} == {
        "last_day": shown,
        "keeps_customers": "no",
        "laptop": "no",
    }


BAD_FACTS = {
    "not typed so": (["--fact", "last_day"], 2, "C118"),
    "twice": ([*LAST_DAY, *LAST_DAY], 2, "C119"),
    "unknown": (["--fact", "day=2026-03-31"], 1, "P302"),
    "not a date": (["--fact", "last_day=soon"], 1, "P304"),
    "not a yes": ([*LAST_DAY, "--fact", "laptop=maybe"], 1, "P304"),
    "missing": ([], 1, "R112"),
    "another subject": ([*LAST_DAY, "--subject", "eve"], 1, "R101"),
    "no such subject": ([*LAST_DAY, "--subject", "nobody"], 1, "R110"),
    "two of one name": ([*LAST_DAY, "--subject", "Bo Chen"], 2, "C112"),
    "no such process": ([*LAST_DAY, "--process", "joining"], 2, "C114"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", BAD_FACTS)
@pytest.mark.usefixtures("sandbox")
def test_what_cannot_open_a_case_is_told(baton: Baton, name: str, language: str) -> None:
    arguments, status, code = BAD_FACTS[name]
    ran = baton(*OPEN, "--as", "li", *arguments, "--lang", language)
    assert ran.status == status
    assert code in ran.err
    assert ran.out == ""
    assert baton("case", "list", "--as", "eve", "--format", "json").document == []


@pytest.mark.usefixtures("sandbox")
def test_titles_stand_in_refusals(baton: Baton) -> None:
    ran = baton(*OPEN, "--as", "li")
    assert "Last working day" in ran.err
    assert "no people list" not in ran.err
    assert "bo Bo Chen Sales" in baton("case", "list", "--as", "Bo Chen").err


@pytest.mark.usefixtures("sandbox")
def test_facts_come_from_a_document(baton: Baton, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"last_day": "2026-03-20", "laptop": False}), encoding="utf-8")
    ran = baton(*OPEN, "--as", "li", "--facts", str(file), *LAST_DAY)
    assert ran.status == 0
    facts = baton("case", "show", "2026-0001", "--as", "li", "--format", "json").document["facts"]
    assert facts[0]["shown"] == "2026-03-31", "what is typed counts"


BAD_DOCUMENTS = {
    "[]": "P301",
    "{}": "P303",
    '{"last_day": 5}': "P304",
    '{"last_day": "2026-02-30"}': "P304",
    '{"last_day": "2026-03-31", "wages": 1}': "P302",
    '{"last_day": "2026-03-31", "last_day": "2026-03-31"}': "P112",
    "{": "P110",
    '{"last_day": NaN}': "P114",
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("text", BAD_DOCUMENTS)
@pytest.mark.usefixtures("sandbox")
def test_a_bad_document_opens_nothing(
    baton: Baton, tmp_path: Path, text: str, language: str
) -> None:
    file = tmp_path / "facts.json"
    file.write_text(text, encoding="utf-8")
    ran = baton(*OPEN, "--as", "li", "--facts", str(file), "--lang", language)
    assert ran.status == 1
    assert BAD_DOCUMENTS[text] in ran.err
    assert "Term(" not in ran.err
    assert baton("case", "list", "--as", "li", "--format", "json").document == []


@pytest.mark.usefixtures("sandbox")
def test_all_that_is_wrong_with_a_document_is_one_document(baton: Baton, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text('{"laptop": 1, "wages": 1}', encoding="utf-8")
    ran = baton(*OPEN, "--as", "li", "--facts", str(file), "--format", "json")
    found = [*ran.document["others"], ran.document["error"]]
    assert sorted(one["code"] for one in found) == ["P302", "P303", "P304"]


@pytest.mark.usefixtures("sandbox")
def test_a_document_is_told_of_by_titles_and_places(baton: Baton, tmp_path: Path) -> None:
    assert baton("publish", str(CONSTRUCTION), "--reason", "首版").status == 0
    file = tmp_path / "facts.json"
    rows = [{"编号": "P-1", "名称": "一", "业主": "乙", "进度": "六成"}]
    file.write_text(json.dumps({"在管项目": rows}), encoding="utf-8")
    ran = baton("case", "open", "工程离职交接", "--as", "li", "--facts", str(file), "--lang", "zh")
    assert "在管项目 [1] 进度：`六成` 不是" in ran.err
    assert "离职类型 必须有值" in ran.err
    assert "P101" in baton("case", "open", "工程离职交接", "--as", "li", "--facts", "no.json").err


@pytest.mark.usefixtures("sandbox")
def test_lists_and_people_are_given_on_the_command_line(baton: Baton, tmp_path: Path) -> None:
    file = tmp_path / "passing_on.rulebook"
    file.write_text(
        'rulebook passing_on "Passing on"\n  version 1.0.0\n'
        'record thing "Thing"\n  key code\n  code text\n  taker person optional\n'
        'fact taker "Taker" person\nfact things "Things" list of thing\n'
        'role leaver "Leaver" is subject\nprocess passing "Passing on"\n  started by leaver\n'
        '  managed by leaver\n  first action pay\naction pay "Pay"\n  by leaver within 1 day\n',
        encoding="utf-8",
    )
    assert baton("publish", str(file), "--reason", "first").status == 0
    opening = ("case", "open", "passing_on", "--as", "li", "--dry-run")
    given = ("--fact", "taker=Ann Boss", "--fact")
    for things in ("things=[]", 'things=[{"code": "A", "taker": "boss"}]', "things=A,Ann Boss\nB"):
        ran = baton(*opening, *given, things)
        assert ran.status == 0, ran.err
    for things in ("things=[", 'things=[{"code": 5}]', 'things=[{"code": "A", "x": 1}]'):
        ran = baton(*opening, *given, things)
        assert (ran.status, ran.out) == (1, "")
    ran = baton(*opening, "--fact", "taker=An Boss", "--fact", "things=A,Bob Chen")
    assert ran.status == 1
    assert "Taker: nobody in the directory" in ran.err
    assert "boss Ann Boss" in ran.err
    assert "Things [1] taker" in ran.err
    assert "bo Bo Chen" in ran.err
    assert baton(*opening[:-1], *given, "things=[]").status == 0
    ran = baton(
        "case", "change", "2026-0001", "--fact", "taker=An Boss", "--reason", "x", "--as", "li"
    )
    assert (ran.status, "P305" in ran.err) == (1, True)


@pytest.mark.usefixtures("case")
def test_the_board_is_for_those_who_have_a_part(baton: Baton) -> None:
    for person, count in (("li", 1), ("boss", 1), ("eve", 1), ("bo", 0)):
        assert len(baton("case", "list", "--as", person, "--format", "json").document) == count
    table = baton("case", "list", "--as", "boss", "--lang", "zh").out
    assert "● 进行中" in table
    assert "Li Wei" in table
    assert baton("case", "list", "--as", "boss", "--status", "closed").out == "Cases: 0\n"
    for asked in (("--status", "stuck"), ("--view", "stuck"), ("--where", "status:stuck")):
        told = baton("case", "list", "--as", "boss", *asked).out
        assert told == f"Cases: 0\n{MESSAGES.say('en', 'stuck.none')}\n"
    for narrower in (("--mine",), ("--where", "name:Li"), ("--view", "overdue")):
        ran = baton("case", "list", "--as", "boss", "--status", "stuck", *narrower)
        assert ran.out == "Cases: 0\n"
    assert len(baton("case", "list", "--as", "boss", "--mine", "--format", "json").document) == 1
    assert baton("case", "list", "--as", "eve", "--mine", "--format", "json").document == []


def test_show_tells_where_a_case_stands(baton: Baton, case: str) -> None:
    text = baton("case", "show", case, "--as", "li").out
    for part in ("Li Wei (Seller)", "stage: Notice", "Last working day", "resignation.manager#1"):
        assert part in text
    assert baton("case", "show", case, "--as", "li", "--lang", "zh").status == 0


@pytest.mark.parametrize("wanted", ["2026-0009", "clock", "directory", "2026-0001/attempts", ""])
@pytest.mark.parametrize("command", [["show"], ["history"], ["withdraw", "--reason", "x"]])
@pytest.mark.usefixtures("case")
def test_what_is_no_case_is_refused(baton: Baton, wanted: str, command: list[str]) -> None:
    ran = baton("case", command[0], wanted, *command[1:], "--as", "li")
    assert ran.status == 1
    assert ran.err.startswith("R100 ")


def test_who_has_no_part_sees_nothing(baton: Baton, case: str) -> None:
    for command in (["show", case], ["history", case], ["comment", case, "hello"]):
        ran = baton("case", *command, "--as", "bo")
        assert ran.status == 1
        assert ran.err.startswith("R100 ")
        assert "Li Wei" not in ran.err


def test_history_is_told_in_sentences_with_refused_attempts(baton: Baton, case: str) -> None:
    baton("task", "approve", f"{case}/resignation.manager#1", "--as", "li")
    text = baton("case", "history", case, "--as", "li").out
    assert "Li Wei" in text
    assert "R101" in text
    inner = baton("case", "history", case, "--as", "li", "--inner", "--format", "json").document
    assert {"Moved", "CaseOpened"} <= {one["what"] for one in inner}


def test_a_fact_is_changed_by_whom_it_is_set_by(baton: Baton, case: str) -> None:
    change = (
        "case",
        "change",
        case,
        "--fact",
        "Last working day=2026-04-30",
        "--reason",
        "asked for",
    )
    refused = baton(*change, "--as", "li")
    assert refused.status == 1
    assert "Last working day" in refused.err
    assert "Eve Office" in refused.err
    foreseen = baton(*change, "--as", "eve", "--dry-run")
    assert "2026-04-30" in foreseen.out
    assert baton(*change, "--as", "eve", "--lang", "zh").status == 0
    assert "2026-04-30" in baton("case", "show", case, "--as", "li").out
    bad = baton("case", "change", case, "--fact", "last_day=soon", "--reason", "x", "--as", "eve")
    assert "P304" in bad.err
    several = baton(*change, "--fact", "keeps_customers=yes", "--as", "eve")
    assert several.status == 2
    assert "C110" in several.err
    assert "--fact" in several.err


def test_a_case_is_commented_and_withdrawn(baton: Baton, case: str) -> None:
    said = "see [red]{this}%s\x1b[2J"
    assert baton("case", "comment", case, said, "--as", "boss").status == 0
    shown = baton("case", "history", case, "--as", "li").out
    assert "see [red]{this}%s<U+001B>[2J" in shown
    assert "\x1b" not in shown
    refused = baton("case", "withdraw", case, "--reason", "x", "--as", "boss")
    assert refused.err.startswith("R101 ")
    assert baton("case", "withdraw", case, "--reason", "I stay", "--as", "li").status == 0
    over = baton("case", "comment", case, "too late", "--as", "boss", "--lang", "zh")
    assert over.err.startswith("R103 ")
    assert "已撤回" in over.err or "撤回" in over.err


def test_acting_loads_no_parser_no_graph_and_no_validator(case: str) -> None:
    script = (
        "import sys, cli.main\n"
        f"assert cli.main.main(['case', 'comment', {case!r}, 'hello', '--as', 'boss']) == 0\n"
        f"assert cli.main.main(['case', 'show', {case!r}, '--as', 'boss']) == 0\n"
        "print(sorted({'lark', 'networkx', 'jsonschema', 'textual'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ran.stdout.rstrip().endswith("[]")


@pytest.mark.usefixtures("sandbox")
def test_a_change_is_previewed_with_every_deadline_that_moves(baton: Baton) -> None:
    baton(*OPEN, "--as", "li", *LAST_DAY)
    change = ("case", "change", "2026-0001", "--fact", "last_day=2026-04-30", "--reason", "later")
    told = baton(*change, "--as", "eve", "--preview")
    assert "nothing was written" in told.out
    foreseen = baton(*change, "--as", "eve", "--preview", "--format", "json").document
    assert (foreseen["dry_run"], foreseen["cautions"]) == (True, [])
    past = baton(*change[:4], "last_day=2026-02-27", *change[5:], "--as", "eve", "--preview")
    assert MESSAGES.say("en", "caution.revoked", access="Mail and shared drives") in past.out
    done = baton(*change, "--as", "eve", "--format", "json").document
    assert done["moved"] == foreseen["moved"]
    for one in done["moved"]:
        assert one["old"] != one["due"]
        assert f"→ {one['title']}:" in told.out
    assert done["moved"]


@pytest.mark.usefixtures("sandbox")
def test_a_change_to_what_is_there_already_says_that_nothing_changes(baton: Baton) -> None:
    baton(*OPEN, "--as", "li", *LAST_DAY)
    change = ("case", "change", "2026-0001", "--fact", "last_day=2026-04-30", "--reason", "later")
    nothing = WORDS.say("en", "act.nothing")
    assert nothing not in baton(*change, "--as", "eve").out
    assert nothing in baton(*change, "--as", "eve").out


@pytest.mark.usefixtures("sandbox")
def test_whoever_has_a_zone_of_their_own_is_told_times_in_it(baton: Baton, tmp_path: Path) -> None:
    head, *rows = (DATA / "people.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"{row},{'Europe/Berlin' if row.startswith('eve,') else ''}" for row in rows]
    file = tmp_path / "people.csv"
    file.write_text("\n".join([f"{head},timezone", *lines]), encoding="utf-8")
    assert baton("people", "import", str(file)).status == 0
    opened = baton(*OPEN, "--subject", "li", "--as", "eve", *LAST_DAY)
    assert "due 2026-03-04 11:00+01:00" in opened.out
    for person, time in (("eve", "02:00+01:00"), ("li", "09:00+08:00")):
        shown = baton("case", "show", "2026-0001", "--as", person).out
        assert f"opened 2026-03-02 {time}" in shown
        assert f"2026-03-02 {time}" in baton("case", "history", "2026-0001", "--as", person).out


@pytest.mark.usefixtures("sandbox")
def test_a_case_is_suspended_resumed_cancelled_and_reopened(baton: Baton) -> None:
    baton(*OPEN, "--as", "li", *LAST_DAY)
    for act, status in (("suspend", "suspended"), ("resume", "running"), ("cancel", "cancelled")):
        done = baton("case", act, "2026-0001", "--reason", "because", "--as", "eve")
        assert done.status == 0, done.err
        shown = baton("case", "show", "2026-0001", "--as", "eve", "--format", "json").document
        assert shown["status"] == status
    reopen = ("case", "reopen", "2026-0001", "--reason", "after all", "--as", "eve")
    assert "2026-0002" in baton(*reopen, "--dry-run").out
    assert baton(*reopen, "--format", "json").document["case"] == "2026-0002"
    assert "R174" in baton(*reopen).err
    assert "reopened as 2026-0002" in baton("case", "show", "2026-0001", "--as", "eve").out
    assert "takes up 2026-0001 again" in baton("case", "show", "2026-0002", "--as", "eve").out
    assert "2026-0002" in baton("case", "history", "2026-0001", "--as", "eve").out
