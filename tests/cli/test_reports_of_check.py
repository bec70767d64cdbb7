"""`baton check` in the forms of other programs, held against their schemas."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import xmlschema
from jsonschema import Draft4Validator, Draft202012Validator

from cli.language_server.document import Document
from cli.language_server.problems import diagnostics
from dsl.layers import NOTHING
from tests.cli.conftest import DATA, SMALL, Baton

SCHEMAS = DATA / "schemas"
SLIPS = (
    'rulebook x "X"\n  version 1.0.0\nfact a A" text\nfact a "一 100%, B: \ufffe\u202c" money\n  default 5\n'
    'process p "P"\n  started by leaver\n  first action pay\nrole leaver "L" is subject\n'
    'action pay "Pay"\n  by leaver within 1 day\n'
)
WARNED = (
    'rulebook x "X"\n  version 1.0.0\nrole leaver "L" is subject\nprocess p "P"\n  started by leaver\n'
    '  managed by leaver\n  first action pay\naction pay "Pay"\n  by leaver within 1 day\n'
    'gate g "G"\n  holds wages\n  until every item done\n'
)
MANY = 'rulebook x "X"\n  version 1.0.0\n' + "".join(
    f'fact f{number} "F" integr\n' for number in range(142)
)


@pytest.fixture
def slips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file with errors, a fix and strange characters, in the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "规 则.rulebook").write_text(SLIPS, encoding="utf-8")
    return "./规 则.rulebook"


@pytest.fixture
def warned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "warned.rulebook").write_text(WARNED, encoding="utf-8")
    return "warned.rulebook"


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sarif_keeps_its_schema(baton: Baton, slips: str, language: str) -> None:
    ran = baton("check", slips, str(SMALL), "--format", "sarif", "--lang", language)
    Draft4Validator(schema("sarif-2.1.0.json")).validate(ran.document)
    (run,) = ran.document["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ran.status == 1
    assert {"E105", "E302"} <= {rules[each["ruleIndex"]] for each in run["results"]}
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%E8%A7%84%20%E5%88%99.rulebook"
    fixed = next(each for each in run["results"] if "fixes" in each)
    (change,) = fixed["fixes"][0]["artifactChanges"]
    text = SLIPS
    for replacement in reversed(change["replacements"]):
        at, gone = (replacement["deletedRegion"][key] for key in ("charOffset", "charLength"))
        text = text[:at] + replacement["insertedContent"]["text"] + text[at + gone :]
    assert 'fact a "A" text' in text


@pytest.mark.parametrize(("language", "between"), [("en", " "), ("zh", "")])
def test_what_is_wrong_and_what_to_do_stand_as_the_language_parts_sentences(
    baton: Baton, slips: str, language: str, between: str
) -> None:
    plain = baton("check", slips, "--format", "json", "--lang", language).document
    ran = baton("check", slips, "--format", "sarif", "--lang", language)
    said = {each["message"]["text"] for each in ran.document["runs"][0]["results"]}
    whole = [(each["text"], each["hint"]) for each in plain if each["code"] == "E105"]
    assert whole
    assert all(f"{text}{between}{hint}" in said for text, hint in whole)


def test_without_findings_every_form_is_whole(baton: Baton) -> None:
    for form in ("sarif", "gitlab", "junit", "github"):
        ran = baton("check", str(SMALL), "--format", form)
        assert ran.status == 0
        if form == "sarif":
            Draft4Validator(schema("sarif-2.1.0.json")).validate(ran.document)
        if form == "junit":
            xmlschema.validate(ran.out, str(SCHEMAS / "junit-10.xsd"))
            assert 'tests="1" failures="0"' in ran.out
        if form == "github":
            assert ran.out == ""
        if form == "gitlab":
            assert ran.document == []


def test_gitlab_keeps_its_form_and_marks_stay(baton: Baton, slips: str) -> None:
    first = baton("check", slips, "--format", "gitlab").document
    Draft202012Validator(schema("gitlab-code-quality.json")).validate(first)
    marks = {each["fingerprint"] for each in first}
    assert len(marks) == len(first) > 1
    Path(slips).write_text(SLIPS.replace("version", "\n\n  version"), encoding="utf-8")
    second = baton("check", slips, "--format", "gitlab").document
    assert {each["fingerprint"] for each in second} == marks
    assert second[0]["location"]["lines"]["begin"] == first[0]["location"]["lines"]["begin"] + 2
    assert first[0]["location"]["path"] == "规 则.rulebook"


def test_files_are_named_from_the_root_of_the_repository(
    baton: Baton, slips: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever in it Baton was called, servers find the file."""
    (tmp_path / ".git").mkdir()
    inner = tmp_path / "规则"
    inner.mkdir()
    Path(slips).rename(inner / "a b.rulebook")
    monkeypatch.chdir(inner)
    for name in ("a b.rulebook", "../规则/a b.rulebook", str(inner / "a b.rulebook")):
        shown = baton("check", name, "--format", "gitlab").document
        assert {each["location"]["path"] for each in shown} == {"规则/a b.rulebook"}
    (run,) = baton("check", name, "--format", "sarif").document["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "%E8%A7%84%E5%88%99/a%20b.rulebook"
    assert "file=规则/a b.rulebook," in baton("check", name, "--format", "github").out


def test_junit_keeps_its_schema_and_fails_what_is_grave(baton: Baton, slips: str) -> None:
    ran = baton("check", slips, "--format", "junit")
    xmlschema.validate(ran.out, str(SCHEMAS / "junit-10.xsd"))
    assert {"E105", "E302"} <= set(re.findall(r'<failure [^>]*type="(\w+)"', ran.out))


def test_github_gets_one_escaped_command_for_each(baton: Baton, slips: str) -> None:
    ran = baton("check", slips, "--format", "github")
    commands = ran.out.splitlines()
    shown = baton("check", slips, "--format", "json").document
    assert len(commands) == len(shown)
    first = "::error file=规 则.rulebook,line=3,endLine=3,col=8,endColumn=8,title=E105 a quote is missing::"
    assert commands[0].startswith(first)
    assert not any("100%," in each for each in commands)


@pytest.mark.parametrize(("level", "status"), [("error", 0), ("warning", 1), ("note", 1)])
def test_what_fails_is_chosen(baton: Baton, warned: str, level: str, status: int) -> None:
    ran = baton("check", warned, "--fail-level", level)
    assert "warning W502" in ran.out
    assert ran.status == status
    told = baton("check", warned, "--fail-level", level, "--format", "junit").out
    assert told.count("<failure") == status


def test_what_was_fixed_is_not_reported(baton: Baton, slips: str) -> None:
    found = baton("check", slips, "--fix", "--format", "gitlab").document
    assert "E105" not in {each["check_name"] for each in found}
    assert 'fact a "A" text' in Path(slips).read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github", "gitlab"])
def test_every_form_shows_a_hundred_problems_and_how_many_more_there_are(
    baton: Baton, tmp_path: Path, form: str
) -> None:
    (tmp_path / "many.rulebook").write_text(MANY, encoding="utf-8")
    ran = baton("check", str(tmp_path / "many.rulebook"), "--format", form)
    assert ran.status == 1
    assert len(re.findall(r"\bE103\b", ran.out)) >= 100
    assert len(re.findall(r"The first 100 problems are shown, and \d+ more are not", ran.out)) == 1


def test_an_editor_shows_how_many_more_there_are() -> None:
    document = Document("untitled:x.rulebook", MANY, NOTHING, "utf-16")
    found = diagnostics(document, "en")
    assert len(found) == 101
    assert (found[-1].code, "more are not" in found[-1].message) == ("E010", True)


def test_a_file_that_cannot_be_read_is_told_in_words(baton: Baton) -> None:
    ran = baton("check", "nowhere.rulebook", "--format", "sarif")
    assert (ran.status, ran.out) == (2, "")
    assert "C117" in ran.err
