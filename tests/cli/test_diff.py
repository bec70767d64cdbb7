"""`baton diff`: files, the library, revisions of a repository."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cli.main import main
from tests.dsl.shelves import SHARED

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "rulebooks" / "growing_company.rulebook"
TYPED = "@all `in` #12 !7 ://x *progress* CVE-2024-1"
"""What would call people and link to things, were it not a piece of code."""


@pytest.fixture
def changed(tmp_path):
    text = SMALL.read_text("utf-8").replace("due 3 working days", "due 6 working days")
    file = tmp_path / "changed.rulebook"
    file.write_text(text.replace('"Work in progress"', f'"{TYPED}"'), "utf-8")
    return str(file)


def test_what_has_changed_is_shown_with_its_lines(changed, capsys):
    assert main(["diff", str(SMALL), changed, "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "- due 3 working days before last_day\n    + due 6 working days before last_day" in out
    assert "stricter" in out
    assert main(["diff", str(SMALL), str(SMALL), "--lang", "zh"]) == 0
    assert "含义相同" in capsys.readouterr().out


def test_lines_that_are_there_still_are_no_part_of_a_change(tmp_path, capsys):
    """A clause that is new or gone is told alone, though the other side has no line for it."""
    file = tmp_path / "shorter.rulebook"
    due = "due 3 working days before last_day"
    file.write_text(SMALL.read_text("utf-8").replace(f"  {due}\n", ""), "utf-8")
    for pair, sign in (((SMALL, file), "-"), ((file, SMALL), "+")):
        assert main(["diff", *map(str, pair), "--lang", "en"]) == 0
        told = [line for line in capsys.readouterr().out.splitlines() if line[4:5] in ("-", "+")]
        assert told == [f"    {sign} {due}"]


def test_what_a_layer_says_otherwise_stands_beside_what_its_base_says(tmp_path, capsys):
    file = tmp_path / "ours.rulebook"
    layer = 'rulebook ours "Ours"\n  version 1.0.0\n  extends growing_company 1.x\n\nadjust item customers\n'
    file.write_text(f"{layer}  due 2 days before last_day\n", "utf-8")
    assert main(["diff", str(SMALL), str(file), "--format", "json"]) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    (due,) = [one for one in changes if one["declaration"] == "item.customers"]
    assert due["old"] == ["due 5 working days before last_day"]
    assert due["new"] == ["due 2 days before last_day"]


def test_what_has_no_line_of_its_own_is_told_as_all_layers_say_it(tmp_path, capsys):
    """The flow of a process, in the dialect of the new one; what is said alike is no part of it."""
    file = tmp_path / "ours.rulebook"
    layer = '规则书 ours "Ours"\n  版本 1.0.0\n  继承 growing_company 1.x\n\n'
    flow = "调整 流程 leaving\n  删除 动作 final_pay\n"
    file.write_text(f'{layer}删除 动作 final_pay 因为 "HR pays"\n{flow}', "utf-8")
    assert main(["diff", str(SMALL), str(file), "--format", "json"]) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    (body,) = [one for one in changes if one["path"] == "body"]
    assert body["old"] == ["再 动作 final_pay"]
    assert body["new"] == []
    assert main(["diff", str(SMALL), str(file), "--lang", "zh"]) == 0
    assert "· body" not in capsys.readouterr().out


def test_another_table_is_told_as_itself_and_not_by_the_steps_that_ask_it(tmp_path, capsys):
    """The step says the same as before: it would be listed without a line."""
    text = (SHARED / "base.rulebook").read_text("utf-8")
    old, new = tmp_path / "old.rulebook", tmp_path / "new.rulebook"
    old.write_text(text, "utf-8")
    new.write_text(text.replace("| 1..6  | manager  |", "| 1..6  | office   |"), "utf-8")
    assert main(["diff", "--format", "json", str(old), str(new)]) == 0
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert change["declaration"] == "table.reviewers"
    assert any("office" in line for line in change["new"])


def test_an_error_outside_scenarios_is_named_before_one_within(tmp_path, capsys):
    file = tmp_path / "wrong.rulebook"
    scenario = 'scenario early "Early"\n  expect item nothing done\n\nitem last "Last"\n  from leaver to nobody\n'
    file.write_text(f"{SMALL.read_text('utf-8')}\n{scenario}", "utf-8")
    assert main(["diff", str(SMALL), str(file), "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "C183" in said
    assert f"{file.name}:{len(file.read_text('utf-8').splitlines())}" in said


def test_a_pipeline_fails_on_what_it_will_not_have(changed):
    assert main(["diff", str(SMALL), changed, "--fail-on", "cases"]) == 0
    assert main(["diff", str(SMALL), changed, "--fail-on", "behaviour"]) == 1


def test_programs_and_merge_requests_have_their_forms(changed, capsys):
    assert main(["diff", str(SMALL), changed, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    (first, second) = document["changes"]
    assert document["counts"] == {
        "changes": 2, "cases": 0, "tailored": 0, "behaviour": 1, "wording": 1,
    }  # fmt: skip
    assert (first["declaration"], first["path"], first["direction"]) == (
        "item.work_in_progress", "due", "stricter",
    )  # fmt: skip
    assert second["effects"] == ["wording"]
    assert main(["diff", str(SMALL), changed, "--markdown", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert f"item `work_in_progress` · ``{TYPED}``" in out
    assert "```diff" in out
    pieces = re.sub(r"(?ms)^  ```diff.*?^  ```$|(`+)(?!`).*?(?<!`)\1(?!`)", "", out)
    assert not re.search(r"[@!`]|#\d|//|CVE|[*]", pieces), pieces


def test_a_change_counts_in_every_group_that_it_belongs_to(tmp_path, capsys):
    old, new = tmp_path / "old.rulebook", tmp_path / "new.rulebook"
    text = SMALL.read_text("utf-8")
    old.write_text(f'{text}\nfact spare "Spare" text optional\n', "utf-8")
    new.write_text(text, "utf-8")
    assert main(["diff", str(old), str(new), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert (
        "changes 1: breaks cases 1, breaks tailored rulebooks 1, acts otherwise 1, wording 0" in out
    )


def test_a_revision_of_a_repository_is_compared_with_the_file(tmp_path, monkeypatch, capsys):
    def git(*words):
        identity = ("-c", "user.name=Sample", "-c", "user.email=sample@example.com")
        subprocess.run(["git", *identity, *words], cwd=tmp_path, check=True, capture_output=True)

    (tmp_path / "rules").mkdir()
    file = tmp_path / "rules" / "own.rulebook"
    shutil.copy(SMALL, file)
    (file.parent / "wrong.rulebook").write_text('rulebook x "x"\n  extends nowhere 1.x\n', "utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    file.write_text(SMALL.read_text("utf-8").replace("due 3 working", "due 2 working"), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["diff", "git:HEAD:rules/own.rulebook", "rules/own.rulebook", "--lang", "en"]) == 0
    assert "looser" in capsys.readouterr().out
    for wrong in ("git:nowhere:rules/own.rulebook", "git:HEAD:gone.rulebook", "git:--help:x", "git:HEAD",
                  "git:HEAD:../../etc/passwd"):  # fmt: skip
        assert main(["diff", wrong, "rules/own.rulebook"]) == 2
        assert "C182" in capsys.readouterr().err
    # A place is told as people name it, not where the revision was unpacked.
    assert main(["diff", "git:HEAD:rules/wrong.rulebook", "rules/own.rulebook"]) == 2
    assert "(git:HEAD:rules/wrong.rulebook:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "code"),
    [("nobody", "C181"), ("growing_company@7.x", "C181"), ("growing_company@new", "C180")],
)
def test_a_name_that_is_nothing_is_explained(name, code, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["diff", name, str(SMALL)]) == 2
    assert code in capsys.readouterr().err


def test_a_rulebook_of_the_library_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["diff", "growing_company@1.x", str(SMALL), "--lang", "en"]) == 0
    assert "the same meaning" in capsys.readouterr().out


def test_one_with_errors_is_not_compared(tmp_path, capsys):
    file = tmp_path / "wrong.rulebook"
    file.write_text('rulebook x "x"\n  version 1.0.0\n', "utf-8")
    assert main(["diff", str(file), str(SMALL)]) == 2
    assert "C183" in capsys.readouterr().err


def test_a_repository_with_links_and_odd_names_is_read_all_the_same(tmp_path, monkeypatch, capsys):
    def git(*words):
        identity = ("-c", "user.name=Sample", "-c", "user.email=sample@example.com")
        subprocess.run(["git", *identity, *words], cwd=tmp_path, check=True, capture_output=True)

    shutil.copy(SMALL, tmp_path / "own.rulebook")
    shutil.copy(SMALL, tmp_path / ":x.rulebook")
    (tmp_path / "outside.rulebook").symlink_to("/etc/hostname")
    (tmp_path / "above.rulebook").symlink_to("../../elsewhere")
    (tmp_path / ".gitattributes").write_text("*.rulebook export-ignore\n", "utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    monkeypatch.chdir(tmp_path)
    assert main(["diff", "git:HEAD:own.rulebook", "own.rulebook", "--lang", "en"]) == 0
    assert "the same meaning" in capsys.readouterr().out
    assert main(["diff", "git:HEAD:outside.rulebook", "own.rulebook"]) == 2
    assert "C182" in capsys.readouterr().err


def test_of_several_versions_the_highest_that_fits_is_taken(tmp_path, monkeypatch, capsys):
    text = SMALL.read_text("utf-8").replace("rulebook growing_company ", "rulebook many ")
    for file, version in (("a", "1.0.0"), ("b", "1.10.0"), ("c", "1.9.0")):
        found = text.replace("version 1.0.0", f"version {version}")
        (tmp_path / f"{file}.rulebook").write_text(found, "utf-8")
    (tmp_path / "d.rulebook").write_text('rulebook many "M"\n  version 2.0.0\nnonsense\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["diff", "many@1.x", "a.rulebook", "--lang", "en"]) == 0
    assert "1.10.0 → 1.0.0" in capsys.readouterr().out
