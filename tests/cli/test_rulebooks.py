"""Rulebooks on the command line: check, test, graph, publish, explain, schema."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
import xmlschema
from jsonschema import Draft202012Validator

from cli.texts import MESSAGES
from tests.cli.conftest import CONSTRUCTION, DATA, ROOT, SMALL, Baton

say = partial(MESSAGES.say, "en")
BAD = ROOT / "tests" / "cases" / "bad" / "E354_currency.rulebook"


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    """The small company with a scenario that does not hold, and one that is refused."""
    text = SMALL.read_text(encoding="utf-8")
    file = tmp_path / "failing.rulebook"
    text = text.replace(
        "expect item customers due 2026-03-24", "expect item customers due 2026-03-25"
    )
    text = text.replace("  expect case closed", "  expect case withdrawn")
    refused = """
scenario refused "Handed over before anybody approved"
  given last_day 2026-03-31
  start on 2026-03-02 09:00
  successor approves resignation on 2026-03-02 10:00
  wait until 2026-03-03 09:00
"""
    file.write_text(text + refused, encoding="utf-8")
    return file


def test_check_finds_nothing_in_the_shipped_rulebooks(baton: Baton) -> None:
    ran = baton("check", str(SMALL), str(CONSTRUCTION))
    assert (ran.status, ran.out) == (0, "Files: 2, errors: 0, warnings: 0\n")


def test_check_shows_problems_with_their_place(baton: Baton) -> None:
    ran = baton("check", str(BAD), str(SMALL))
    assert ran.status == 1
    assert "error E354" in ran.out
    assert "^^^" in ran.out
    assert ran.out.endswith("Files: 2, errors: 1, warnings: 0\n")
    assert "错误 1 个" in baton("check", str(BAD), "--lang", "zh").out


def test_check_gives_diagnostics_to_programs(baton: Baton) -> None:
    ran = baton("check", str(BAD), "--format", "json")
    assert ran.status == 1
    assert [one["code"] for one in ran.document] == ["E354"]


@pytest.mark.parametrize("file", ["not there.rulebook", "no\0name", "x" * 300])
def test_a_file_that_cannot_be_read_is_wrong_use(baton: Baton, file: str) -> None:
    ran = baton("check", file)
    assert ran.status == 2
    assert ran.err.startswith("baton: C117: ")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project with a sound and a wrong rulebook, and what is none or is hidden."""
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("rules/deep/er/good.rulebook", SMALL.read_bytes()),
        ("rules/bad.rulebook", BAD.read_bytes()),
        ("rules/notes.txt", b"wrong"),
        ("rules/.git/other.rulebook", b"wrong"),
        ("empty/notes.txt", b"wrong"),
    ):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(text)
    Path("rules/deep/round").symlink_to(tmp_path / "rules")


@pytest.mark.usefixtures("project")
def test_a_folder_stands_for_the_rulebooks_in_it_and_below(baton: Baton) -> None:
    ran = baton("check", "rules", "rules/bad.rulebook")
    assert ran.status == 1
    assert ran.out.endswith("Files: 2, errors: 1, warnings: 0\n")
    assert "--> rules/bad.rulebook:" in ran.out
    formatted = baton("fmt", "--check", ".", "--format", "json").document
    assert [one["file"] for one in formatted] == [
        "rules/bad.rulebook",
        "rules/deep/er/good.rulebook",
    ]
    played = baton("test", "rules/deep", "quiet_exit")
    assert played.status == 0
    assert "Scenarios held: 1, failed: 0" in played.out


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("command", ["check", "fmt", "test"])
def test_a_folder_without_a_rulebook_is_no_success(baton: Baton, command: str) -> None:
    ran = baton(command, "empty/")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("baton: C138: ")


def test_scenarios_of_the_shipped_rulebooks_hold(baton: Baton) -> None:
    ran = baton("test", str(SMALL), str(CONSTRUCTION), "--lang", "zh")
    assert ran.status == 0
    assert ran.out.splitlines()[-1] == "场景通过 9 个，失败 0 个"


def test_coverage_lists_what_no_scenario_reaches(baton: Baton) -> None:
    ran = baton("test", str(SMALL), "quiet_exit", "--coverage")
    assert ran.status == 1
    assert "NOT REACHED  item customers  Customers" in ran.out
    assert "NOT REACHED  rejection resignation  Resignation" in ran.out
    assert "Reached by scenarios: 6 of 9" in ran.out
    found = baton("test", str(SMALL), "quiet_exit", "--coverage", "--format", "json").document[0]
    assert found["coverage"]["parts"] == 9
    assert [one["id"] for one in found["coverage"]["unreached"]] == [
        "resignation",
        "normal.2",
        "customers",
    ]
    whole = baton("test", str(SMALL), "--coverage", "--lang", "zh")
    assert whole.status == 0
    assert "场景到达：9 处中的 9 处" in whole.out


def test_what_is_late_before_it_opens_is_told_and_may_be_allowed(
    baton: Baton, tmp_path: Path
) -> None:
    file = tmp_path / "early.rulebook"
    early = "due 60 days before last_day"
    file.write_text(SMALL.read_text("utf-8").replace("due last_day", early), "utf-8")
    ran = baton("test", "--format", "json", str(file))
    told = [(one["code"], one["labels"][0]["line"]) for one in ran.document[0]["diagnostics"]]
    line = file.read_text("utf-8").splitlines().index(f"  {early}") + 1
    assert told == [("W511", line)]
    assert "W511" in baton("test", str(file)).out
    assert "W511" not in baton("test", str(file), "quiet_exit").out
    allowed = f'{early}\n  allow W511 because "we begin before the notice"'
    file.write_text(file.read_text("utf-8").replace(early, allowed), "utf-8")
    assert "W511" not in baton("test", str(file)).out
    assert baton("check", "--fail-level", "warning", str(file)).status == 0


def test_the_last_line_counts_what_held_and_what_did_not(baton: Baton, failing: Path) -> None:
    """A rulebook without errors, one with an error in a scenario, and one without scenarios."""
    assert baton("test", str(SMALL)).out.splitlines()[-1] == say("test.summary", held=3, failed=0)
    assert baton("test", str(failing)).out.splitlines()[-1] == say("test.summary", held=1, failed=3)
    text = failing.read_text("utf-8")
    failing.write_text(text.replace("expect case withdrawn", "expect item nothing done"), "utf-8")
    told = baton("test", str(failing)).out.splitlines()[-1]
    assert told == say("test.unsound", held=1, failed=2)
    bare = text.partition("\nscenario ")[0]
    failing.write_text(bare, "utf-8")
    assert baton("test", str(failing)).out.splitlines()[-1] == say("test.none")
    told = baton("test", str(failing), "--suggest").out.splitlines()[-1]
    assert told == say("test.none_yet")


def test_people_without_a_name_have_the_title_of_their_role_in_the_readers_language(
    baton: Baton, failing: Path
) -> None:
    text = failing.read_text("utf-8")
    role = 'role manager "Manager" is manager of leaver, otherwise person "boss"'
    assert role in text
    failing.write_text(text.replace(role, f'{role}\n  title zh "主管"'), "utf-8")
    english = baton("test", str(failing), "quiet_exit").out
    chinese = baton("test", str(failing), "quiet_exit", "--lang", "zh").out
    assert "10:00  Manager  " in english
    assert "10:00  主管  " in chinese


def test_without_a_scenario_the_way_to_write_one_is_told(baton: Baton, tmp_path: Path) -> None:
    bare = tmp_path / "bare.rulebook"
    bare.write_text(SMALL.read_text(encoding="utf-8").partition("\nscenario ")[0], encoding="utf-8")
    ran = baton("test", str(bare))
    assert ran.status == 0
    assert ran.out.startswith("There is no scenario yet.")
    assert "--suggest" in ran.out


def test_a_failing_line_is_shown_with_what_was_found(baton: Baton, failing: Path) -> None:
    ran = baton("test", str(failing))
    assert ran.status == 1
    assert "FAIL  late_customers" in ran.out
    assert "expect item customers due 2026-03-25" in ran.out
    assert "2026-03-24" in ran.out
    assert "successor approves resignation" in ran.out
    assert "R101" in ran.out
    assert "closed" in ran.out
    assert ran.out.splitlines()[-1] == "Scenarios held: 1, failed: 3"
    document = baton("test", str(failing), "--format", "json").document[0]
    lines = failing.read_text(encoding="utf-8").splitlines()
    first = document["scenarios"][1]["failures"][0]
    assert lines[first["line"] - 1].strip() == "expect item customers due 2026-03-25"


def test_a_failing_scenario_tells_what_had_happened(baton: Baton, failing: Path) -> None:
    ran = baton("test", str(failing))
    said = ran.out.split("What had happened by then:\n")[1].splitlines()
    assert said[0].startswith("    2026-")
    document = baton("test", str(failing), "--format", "json").document[0]
    entries = document["scenarios"][0]["timeline"]
    assert [set(entry) for entry in entries] == [{"at", "who", "text"}] * len(entries) != []
    assert [entry["at"] for entry in entries] == sorted(entry["at"] for entry in entries)


@pytest.mark.parametrize("more", [0, 1])
def test_so_much_must_be_reached_rounded_down(baton: Baton, more: int) -> None:
    listed = baton("test", str(SMALL), "quiet_exit", "--coverage", "--format", "json").document[0]
    parts, missed = listed["coverage"]["parts"], len(listed["coverage"]["unreached"])
    percent = (parts - missed) * 100 // parts
    assert (parts - missed) * 100 % parts
    ran = baton("test", str(SMALL), "quiet_exit", "--min-coverage", str(percent + more))
    assert ran.status == more
    assert f"Reached by scenarios: {parts - missed} of {parts} ({percent} %)" in ran.out
    assert (f"{percent + more} % are asked for" in ran.out) is bool(more)
    assert "NOT REACHED" not in ran.out


def test_scenarios_are_cases_of_junit(baton: Baton, failing: Path) -> None:
    ran = baton("test", str(SMALL), str(failing), str(BAD), "--format", "junit")
    assert ran.status == 1
    xmlschema.validate(ran.out, str(DATA / "schemas" / "junit-10.xsd"))
    assert 'name="late_customers ' in ran.out
    assert ran.out.count('type="scenario"') == 3
    assert 'type="E354"' in ran.out


def test_scenarios_can_be_chosen_by_id_or_title(baton: Baton) -> None:
    ran = baton("test", str(SMALL), "quiet_exit")
    assert ran.out.splitlines()[-1] == "Scenarios held: 1, failed: 0"
    unknown = baton("test", str(SMALL), "nothing")
    assert unknown.status == 2
    assert "C124" in unknown.err
    for name in ("quiet_exit", "x" * 300):
        assert "C123" in baton("test", name).err


def test_a_rulebook_with_errors_is_not_played(baton: Baton) -> None:
    ran = baton("test", str(BAD))
    assert ran.status == 1
    assert "E354" in ran.out
    assert "was not played" in ran.out


def test_graph_is_drawn_in_three_ways(baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = baton("graph", str(SMALL), "--width", "100")
    assert drawn.status == 0
    assert "┌" in drawn.out
    assert max(map(len, drawn.out.splitlines())) <= 100
    plain = baton("graph", str(SMALL), "--ascii")
    assert not set("┌│▤●") & set(plain.out)
    outlined = baton("graph", str(SMALL), "--outline", "--lang", "zh")
    assert "├" in outlined.out
    assert "同时进行" in outlined.out
    nodes = baton("graph", str(SMALL), "--format", "json", "--process", "leaving").document["nodes"]
    assert "item:customers" in {node["id"] for node in nodes}
    monkeypatch.setenv("COLUMNS", "20")
    assert baton("graph", str(SMALL)).status == 0


@pytest.mark.usefixtures("sandbox")
def test_graph_needs_one_thing_that_is_there(baton: Baton) -> None:
    assert "C127" in baton("graph").err
    assert "C127" in baton("graph", str(SMALL), "--case", "2026-0001").err
    assert "C128" in baton("graph", str(SMALL), "--width", "0").err
    assert "C114" in baton("graph", str(SMALL), "--process", "joining").err
    assert "E354" in baton("graph", str(BAD)).out
    assert baton("graph", str(BAD), "--format", "json").document[0]["code"] == "E354"
    missing = baton("graph", "--case", "2026-0009", "--as", "li")
    assert missing.status == 1
    assert "R100" in missing.err


def test_graph_shows_where_a_case_stands(baton: Baton, case: str) -> None:
    ran = baton("graph", "--case", case, "--as", "li", "--outline")
    assert ran.status == 0
    assert "● ◇ Manager" in ran.out
    marks = baton("graph", "--case", case, "--as", "li", "--format", "json").document["marks"]
    assert marks["step:resignation.manager"] == "here"


@pytest.mark.usefixtures("sandbox")
def test_publish_checks_and_plays_first(baton: Baton, failing: Path) -> None:
    for file, said in ((BAD, "E354"), (failing, "FAIL")):
        ran = baton("publish", str(file), "--reason", "try")
        assert ran.status == 1
        assert said in ran.out
        assert ran.out.endswith("Nothing was published.\n")
    assert baton("publish", str(BAD), "--reason", "x", "--format", "json").status == 1


@pytest.mark.usefixtures("sandbox")
def test_publish_refuses_other_content_under_a_known_version(baton: Baton, tmp_path: Path) -> None:
    again = baton("publish", str(SMALL), "--reason", "the same again")
    assert again.status == 0
    changed = tmp_path / "changed.rulebook"
    text = SMALL.read_text(encoding="utf-8")
    changed.write_text(text.replace("within 2 hours", "within 3 hours"), encoding="utf-8")
    for more in (["--dry-run"], []):
        refused = baton("publish", str(changed), "--reason", "longer", *more)
        assert refused.status == 1
        assert refused.err.startswith("R140 ")
    changed.write_text(
        text.replace("within 2 hours", "within 3 hours").replace("1.0.0", "1.0.1"), encoding="utf-8"
    )
    ran = baton("publish", str(changed), "--reason", "longer", "--format", "json")
    assert ran.document["version"] == "1.0.1"
    assert "R107" in baton("publish", str(changed), "--reason", " ").err


@pytest.mark.usefixtures("case")
def test_publish_tells_how_many_cases_stay_with_an_earlier_version(
    baton: Baton, tmp_path: Path
) -> None:
    said = MESSAGES.say("en", "publish.running", count=1)
    assert said not in baton("publish", str(SMALL), "--reason", "the same again").out
    later = tmp_path / "later.rulebook"
    later.write_text(SMALL.read_text("utf-8").replace("1.0.0", "1.0.1"), "utf-8")
    assert said in baton("publish", str(later), "--reason", "agreed").out


@pytest.mark.usefixtures("sandbox")
def test_publish_tells_of_another_time_zone(baton: Baton, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.rulebook"
    text = SMALL.read_text("utf-8").replace("Asia/Shanghai", "UTC").replace("1.0.0", "1.0.1")
    elsewhere.write_text(text, "utf-8")
    for more in (["--dry-run"], []):
        ran = baton("publish", str(elsewhere), "--reason", "a move", *more)
        assert "of UTC; here it is Asia/Shanghai" in ran.out
    assert "here it is" not in baton("publish", str(SMALL), "--reason", "again", "--dry-run").out


def test_explain_shows_the_page_in_the_readers_language(baton: Baton) -> None:
    assert baton("explain", "e354").out.startswith("# E354 · ")
    zh = baton("explain", "R101", "--lang", "zh", "--format", "json").document
    assert zh["code"] == "R101"
    assert zh["title"] == "无权办理"
    for wrong in ("E999", "../en/R101", ""):
        ran = baton("explain", wrong)
        assert ran.status == 2
        assert "C125" in ran.err


def test_schema_prints_what_is_shipped(baton: Baton) -> None:
    ran = baton("schema", "people")
    assert ran.document == json.loads((ROOT / "schemas" / "people.json").read_text("utf-8"))
    assert "C126" in baton("schema", "nothing").err
    assert "C134" in baton("schema", "people", str(SMALL)).err


def test_a_rulebook_has_schemas_of_its_own(baton: Baton, tmp_path: Path) -> None:
    case = baton("schema", "case", str(CONSTRUCTION)).document
    feeds = baton("schema", "feeds", str(CONSTRUCTION)).document
    for schema in (case, feeds):
        Draft202012Validator.check_schema(schema)
    assert set(feeds["$defs"]) == {one["$ref"].rpartition("/")[2] for one in feeds["anyOf"]}
    assert "C133" in baton("schema", "case").err
    broken = tmp_path / "broken.rulebook"
    broken.write_text("nothing", encoding="utf-8")
    ran = baton("schema", "case", str(broken))
    assert ran.status == 1
    assert "E101" in ran.out + ran.err


def test_what_check_prints_fits_the_schema_of_diagnostics(baton: Baton) -> None:
    schema = Draft202012Validator(baton("schema", "diagnostics").document)
    bad = sorted((ROOT / "tests" / "cases" / "bad").glob("E2*.rulebook"))
    found = baton("check", *map(str, bad), "--format", "json").document
    assert found
    assert list(schema.iter_errors(found)) == []
