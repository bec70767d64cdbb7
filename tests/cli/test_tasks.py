"""Tasks on the command line: a whole exit, act by act, and what is refused on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import CONSTRUCTION, DATA, ROOT, Baton


@pytest.fixture
def handover(baton: Baton, case: str) -> str:
    """The case, approved, with Bo of the stores as successor."""
    assert baton("task", "approve", "resignation.manager", "--as", "boss").status == 0
    assert baton("task", "name", "successor", "bo2", "--as", "boss").status == 0
    return case


def test_what_waits_is_listed_and_shown(baton: Baton, case: str) -> None:
    listed = baton("task", "list", "--as", "boss")
    assert f"{case}/resignation.manager#1" in listed.out
    assert listed.out.endswith("Tasks: 1\n")
    assert baton("task", "list", "--as", "li").out == "Tasks: 0\n"
    assert len(baton("task", "list", "--as", "li", "--all", "--format", "json").document) == 1
    assert baton("task", "list", "--as", "bo", "--all", "--format", "json").document == []
    shown = baton("task", "show", "resignation.manager", "--as", "boss")
    assert "You can: baton task approve, baton task reject, baton task return" in shown.out
    assert (
        "您可以执行"
        in baton("task", "show", "resignation.manager", "--as", "boss", "--lang", "zh").out
    )


@pytest.mark.parametrize(
    "name",
    ["resignation.manager", "resignation.manager#1", "2026-0001/resignation.manager",
     "2026-0001/resignation.manager#1"],
)  # fmt: skip
@pytest.mark.usefixtures("case")
def test_a_task_is_named_in_full_or_in_part(baton: Baton, name: str) -> None:
    view = baton("task", "show", name, "--as", "boss", "--format", "json").document
    assert view["id"] == "2026-0001/resignation.manager#1"


@pytest.mark.usefixtures("case")
def test_a_part_that_fits_several_tasks_is_refused(baton: Baton) -> None:
    opened = baton("case", "open", "growing_company", "--as", "bo", "--fact", "last_day=2026-03-31")
    assert opened.status == 0
    ran = baton("task", "approve", "resignation.manager", "--as", "boss")
    assert ran.status == 2
    assert "C120" in ran.err
    assert "2026-0002/resignation.manager#1" in ran.err


def test_a_task_that_is_not_there_is_refused(baton: Baton, case: str) -> None:
    assert "C121" in baton("task", "show", "nothing", "--as", "boss").err
    assert "C121" in baton("task", "show", "resignation.manager", "--as", "bo").err
    assert "R104" in baton("task", "sign", f"{case}/nothing#1", "--as", "boss").err
    assert "R100" in baton("task", "sign", f"{case}/resignation.manager#1", "--as", "bo").err


def test_only_those_asked_may_answer(baton: Baton, case: str) -> None:
    ran = baton("task", "approve", f"{case}/resignation.manager#1", "--as", "li", "--lang", "zh")
    assert ran.status == 1
    assert ran.err.startswith("R101 无权办理\n")
    assert "Ann Boss (boss)" in ran.err
    assert "R105" in baton("task", "sign", "resignation.manager", "--as", "boss").err
    assert "R133" in baton("task", "list").err
    assert "R130" in baton("task", "list", "--as", "nobody").err


def test_who_approves_what_has_changed_is_told_what(baton: Baton, case: str) -> None:
    seen = baton("task", "show", "resignation.manager", "--as", "boss", "--format", "json").document
    change = (
        "case",
        "change",
        case,
        "--fact",
        "last_day=2026-04-30",
        "--reason",
        "later",
        "--as",
        "eve",
    )
    assert baton(*change).status == 0
    act = ("task", "approve", "resignation.manager", "--as", "boss")
    stale = baton(*act, "--seen", seen["seen"])
    assert stale.status == 1
    assert stale.err.startswith("R109 ")
    assert "Last working day" in stale.err
    assert baton(*act).status == 0


def test_an_act_is_foreseen_without_being_done(baton: Baton, case: str) -> None:
    act = ("task", "approve", "resignation.manager", "--as", "boss")
    foreseen = baton(*act, "--dry-run", "--format", "json").document
    assert foreseen["dry_run"] is True
    done = baton(*act, "--id", "yes-1", "--format", "json").document
    assert done["events"] == foreseen["events"]
    again = baton(
        "task", "approve", f"{case}/resignation.manager#1", "--as", "boss", "--id", "yes-1"
    )
    assert again.status == 0
    assert "recorded before" in again.out


def test_an_act_is_repeated_also_when_its_task_has_ended(baton: Baton, case: str) -> None:
    act = ("task", "approve", "resignation.manager", "--as", "boss", "--id", "yes-1")
    assert baton(*act).status == 0
    again = baton(*act, "--format", "json")
    assert again.status == 0
    assert (again.document["case"], again.document["repeated"]) == (case, True)


def test_an_act_is_repeated_also_when_whoever_did_it_is_gone(
    baton: Baton, case: str, tmp_path: Path
) -> None:
    act = ("task", "approve", "resignation.manager", "--as", "boss", "--id", "yes-1")
    assert baton(*act).status == 0
    rows = (DATA / "people.csv").read_text(encoding="utf-8").replace("boss", "chief")
    file = tmp_path / "people.csv"
    file.write_text(rows, encoding="utf-8")
    assert baton("people", "import", str(file)).status == 0
    again = baton(*act, "--format", "json")
    assert again.status == 0, again.err
    assert (again.document["case"], again.document["repeated"]) == (case, True)
    assert "R130" in baton(*act[:-1], "yes-2").err
    assert "R147" in baton("case", "comment", case, "hi", *act[3:]).err


@pytest.mark.usefixtures("case")
def test_a_task_of_a_case_without_a_part_is_like_one_that_is_not_there(baton: Baton) -> None:
    hidden = baton("task", "show", "2026-0001/resignation.manager#1", "--as", "bo")
    absent = baton("task", "show", "2026-0009/resignation.manager#1", "--as", "bo")
    assert hidden.status == absent.status == 1
    assert hidden.err.replace("2026-0001", "2026-0009") == absent.err


def test_a_returned_application_is_revised_and_resubmitted(baton: Baton, case: str) -> None:
    blank = baton("task", "return", "resignation.manager", "--opinion", " ", "--as", "boss")
    assert blank.err.startswith("R107 ")
    assert "opinion" in blank.err
    assert "--opinion" in blank.err
    back = baton(
        "task", "return", "resignation.manager", "--opinion", "stay a week", "--as", "boss"
    )
    assert back.status == 0
    task = baton("task", "list", "--as", "li", "--format", "json").document[0]["id"]
    sent = baton(
        "task", "resubmit", task, "--comment", "agreed", "--fact", "laptop=no", "--as", "li"
    )
    assert sent.status == 0, sent.err
    assert "agreed" in baton("case", "history", case, "--as", "li").out
    assert (
        baton("task", "reject", "resignation.manager", "--opinion", "no", "--as", "boss").status
        == 0
    )


@pytest.mark.usefixtures("case")
def test_naming_keeps_people_out_whom_the_rulebook_keeps_out(baton: Baton) -> None:
    assert baton("task", "approve", "resignation.manager", "--as", "boss").status == 0
    task = baton("task", "list", "--as", "boss", "--format", "json").document[0]["id"]
    assert "R102" in baton("task", "name", task, "li", "--as", "boss").err
    assert "C112" in baton("task", "name", task, "Bo Chen", "--as", "boss").err
    assert "R110" in baton("task", "name", task, "nobody", "--as", "boss").err
    assert baton("task", "name", task, "bo", "--as", "boss", "--lang", "zh").status == 0


def test_content_is_stated_then_handed_over_and_signed(baton: Baton, handover: str) -> None:
    item = "work_in_progress"
    lacking = baton("task", "hand-over", item, "--as", "li")
    assert lacking.err.startswith("R118 ")
    assert "Where the documents are" in lacking.err
    assert "P302" in baton("task", "provide", item, "other=1", "--as", "li").err
    assert baton("task", "provide", item, "open_tasks=two = offers", "--as", "li").status == 0
    shown = baton("task", "show", item, "--as", "li").out
    assert "two = offers" in shown
    assert "missing" in shown
    given = "Where the documents are=shared drive"
    assert baton("task", "hand-over", item, given, "--as", "li").status == 0
    assert "R115" in baton("task", "provide", item, "documents=x", "--as", "li").err
    assert "R120" in baton("task", "sign", item, "--as", "li").err
    refused = baton("task", "refuse", item, "--reason", "not all of it", "--as", "bo2")
    assert refused.status == 0
    assert "R119" in baton("task", "sign", item, "--as", "bo2").err
    assert baton("task", "hand-over", item, "--as", "li").status == 0
    assert "R109" in baton("task", "sign", item, "--seen", "0" * 16, "--as", "bo2").err
    assert baton("task", "sign", item, "--as", "bo2").status == 0
    again = baton("task", "sign", f"{handover}/{item}", "--as", "bo2")
    assert again.err.startswith("R106 ")


def test_evidence_is_taken_in_when_it_may_be(
    baton: Baton, case: str, tmp_path: Path, sandbox: Path
) -> None:
    change = (
        "case",
        "change",
        case,
        "--fact",
        "keeps_customers=yes",
        "--reason",
        "true",
        "--as",
        "eve",
    )
    assert baton(*change).status == 0
    assert baton("task", "approve", "resignation.manager", "--as", "boss").status == 0
    assert "R117" in baton("task", "hand-over", "customers", "--as", "li").err
    mail = tmp_path / "mail [x].eml"
    mail.write_text("dear customers", encoding="utf-8")
    attach = ("task", "attach", "customers")
    before = sum(1 for _ in sandbox.rglob("*"))
    assert "R116" in baton(*attach, "photo", str(mail), "--as", "li").err
    assert "R101" in baton(*attach, "introduction", str(mail), "--as", "eve").err
    assert sum(1 for _ in sandbox.rglob("*")) == before, "a refused file is not kept"
    for path in (tmp_path, tmp_path / "not there"):
        ran = baton(*attach, "introduction", str(path), "--as", "li")
        assert ran.status == 1
        assert "K12" in ran.err
    link = tmp_path / "link"
    link.symlink_to(mail)
    assert "K12" in baton(*attach, "introduction", str(link), "--as", "li").err
    assert "C130" in baton(*attach, "introduction", str(mail), "--from", "x", "--as", "li").err
    title = "Mail that introduces the successor"
    assert baton(*attach, title, str(mail), "--as", "li", "--dry-run").status == 0
    once = (*attach, title, str(mail), "--as", "li", "--from", "Manager", "--id", "mail-1")
    assert baton(*once).status == 0
    assert "mail [x].eml" in baton("task", "show", "customers", "--as", "li").out
    waived = ("task", "waive", "customers", "--reason", "sent", "--as", "eve")
    assert baton(*waived).status == 0
    assert "recorded before" in baton(*once).out


def test_files_come_along_with_a_hand_over(
    baton: Baton, handover: str, tmp_path: Path, sandbox: Path
) -> None:
    fact = ("--fact", "keeps_customers=yes", "--reason", "true", "--as", "eve")
    assert baton("case", "change", handover, *fact).status == 0
    mail = tmp_path / "a=b.eml"
    mail.write_bytes(b"dear customers")
    give = ("task", "hand-over", "customers", "--as", "li", "--attach")
    before = sum(1 for _ in sandbox.rglob("*"))
    assert "C118" in baton(*give, "introduction").err
    assert "R116" in baton(*give, f"photo={mail}").err
    assert "R101" in baton(*give, f"introduction={mail}", "--as", "eve").err
    assert sum(1 for _ in sandbox.rglob("*")) == before, "a refused file is not kept"
    assert "K12" in baton(*give, f"introduction={tmp_path}").err
    once = (*give, f"introduction={mail}", "--id", "mail-1")
    assert baton(*once, "--dry-run").status == 0
    assert baton(*once).status == 0
    assert "recorded before" in baton(*once).out
    assert "a=b.eml" in baton("task", "show", "customers", "--as", "li").out


def test_an_item_is_waived_by_whoever_manages(baton: Baton, handover: str) -> None:
    assert "R101" in baton("task", "waive", "equipment", "--reason", "x", "--as", "li").err
    assert "R107" in baton("task", "waive", "equipment", "--reason", "", "--as", "eve").err
    assert baton("task", "waive", "equipment", "--reason", "stolen", "--as", "eve").status == 0
    assert "C131" in baton("task", "waive", "a", "b", "--reason", "x", "--as", "eve").err
    unknown = baton("task", "waive", handover, "gate", "pay", "--reason", "x", "--as", "eve")
    assert unknown.err.startswith("R104 ")


def test_a_task_is_commented(baton: Baton, handover: str) -> None:
    assert baton("task", "comment", "equipment", "bring the keys", "--as", "eve").status == 0
    assert "bring the keys" in baton("case", "history", handover, "--as", "li").out


def test_a_case_goes_to_its_end(baton: Baton, handover: str) -> None:
    contents = ("open_tasks=none", "documents=shared drive")
    for act in (
        ("hand-over", "work_in_progress", *contents, "--as", "li"),
        ("sign", "work_in_progress", "--as", "bo2"),
        ("hand-over", "equipment", "--as", "li"),
        ("sign", "equipment", "--as", "sam"),
    ):
        ran = baton("task", *act)
        assert ran.status == 0, ran.err
    assert baton("advance", "--at", "2026-03-31 18:00").status == 0
    tasks = baton("task", "list", "--as", "eve", "--format", "json").document
    assert [task["kind"] for task in tasks] == ["action"]
    done = baton("task", "complete", tasks[0]["id"], "--note", "mailbox closed", "--as", "eve")
    assert done.status == 0
    pay = baton("task", "list", "--as", "eve", "--format", "json").document[0]["id"]
    assert baton("task", "complete", pay, "--as", "eve").status == 0
    view = baton("case", "show", handover, "--as", "li", "--format", "json").document
    assert view["status"] == "closed"
    assert baton("verify").status == 0
    late = baton("task", "comment", f"{handover}/equipment", "thanks", "--as", "li")
    assert late.err.startswith("R103 ")


@pytest.mark.usefixtures("sandbox")
def test_a_gate_is_waived_by_its_case_and_name(baton: Baton) -> None:
    sample = ROOT / "rulebooks" / "sample_company"
    assert baton("people", "import", str(sample / "people.csv")).status == 0
    assert baton("publish", str(CONSTRUCTION), "--reason", "首版").status == 0
    facts = {
        "岗位": "资料员", "职级": "5", "离职类型": "协商解除", "月薪": "9,000",
        "提出日期": "2026年3月1日", "最后工作日": "2026-03-31",
    }  # fmt: skip
    typed = [part for fact, value in facts.items() for part in ("--fact", f"{fact}={value}")]
    opened = baton("case", "open", "工程离职交接", "--as", "1402", *typed, "--lang", "zh")
    assert opened.status == 0, opened.err
    case = opened.out.split("：")[0].removeprefix("案件 ")
    waive = ("task", "waive", case, "门", "结清经济补偿", "--reason", "先付", "--lang", "zh")
    refused = baton(*waive, "--as", "1402")
    assert refused.err.startswith("R101 ")
    assert "“结清经济补偿”" in refused.err
    people = baton("people", "list", "--format", "json").document
    waiver = next(one["id"] for one in people if one.get("post") == "人资副总")
    assert baton(*waive, "--as", waiver).status == 0
    assert "✔ 结清经济补偿：打开" in baton("case", "show", case, "--as", "1402", "--lang", "zh").out
    again = baton(*waive, "--as", waiver)
    assert again.err.startswith("R106 ")
