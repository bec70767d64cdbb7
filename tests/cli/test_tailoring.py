"""Rulebooks that extend others, on the command line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cli import shelf
from dsl.catalogue import MESSAGES as TERMS
from tests.cli.conftest import ROOT, SMALL, Baton

OURS = """rulebook ours "Our company"
  version 1.0.0
  extends growing_company 1.x

adjust item customers
  due last_day
"""
SOFTWARE = ROOT / "tests" / "cases" / "design" / "software_en.rulebook"


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A rulebook that tailors the small company's."""
    file = tmp_path / "project" / "ours.rulebook"
    file.parent.mkdir()
    file.write_text(OURS, encoding="utf-8")
    return file


def test_a_base_is_found_in_the_shipped_library(baton: Baton, ours: Path) -> None:
    assert baton("check", str(ours)).status == 0


def test_the_folder_comes_before_the_search_path_and_that_before_the_library(
    baton: Baton, ours: Path, tmp_path: Path
) -> None:
    """The layer that a place is in is told by its file."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "baton.toml").write_text('[rulebooks]\npath = ["shared"]\n', encoding="utf-8")
    places = [tmp_path / "shared" / "base.rulebook", ours.parent / "base.rulebook"]
    for place, version in zip(places, ("1.1.0", "1.2.0"), strict=True):
        text = SMALL.read_text(encoding="utf-8").replace("version 1.0.0", f"version {version}")
        place.write_text(text, encoding="utf-8")
        ran = baton("test", "--coverage", "--format", "json", str(ours))
        layers = ran.document[0]["coverage"]["layers"]
        assert [(one["layer"], one["version"]) for one in layers] == [
            ("ours", "1.0.0"),
            ("growing_company", version),
        ]


def test_a_project_file_that_cannot_be_read_is_told(baton: Baton, ours: Path) -> None:
    for text in ("[rulebooks\n", "[rulebooks]\npath = 3\n", "rulebooks = 1\n"):
        (ours.parent / "baton.toml").write_text(text, encoding="utf-8")
        ran = baton("check", str(ours))
        assert ran.status == 2
        assert "C170" in ran.err


def test_a_base_that_goes_between_listing_and_reading_is_told_with_layer_and_line(
    baton: Baton, ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ours.parent)

    def gone(folder: Path, *, deep: bool) -> list[Path]:
        return [] if deep else [folder / "base.rulebook"]

    monkeypatch.setattr(shelf, "rulebooks_in", gone)
    ran = baton("check", "--format", "json", ours.name)
    assert ran.status == 1
    (found,) = ran.document
    place = found["labels"][0]
    assert (found["code"], place["source"], place["line"]) == ("E601", ours.name, 3)
    assert "base.rulebook (" in found["text"]
    assert baton("new", "new", "--from", "small_company").status == 2


def test_an_error_of_a_layer_shows_the_lines_of_both(baton: Baton, ours: Path) -> None:
    text = OURS + '\nremove role successor because "nobody"\n'
    ours.write_text(text, encoding="utf-8")
    ran = baton("check", str(ours))
    assert ran.status == 1
    assert f"{ours}:8:1" in ran.out
    assert "library/growing_company.rulebook:" in ran.out


def test_fixes_leave_the_base_alone(baton: Baton, tmp_path: Path) -> None:
    base = tmp_path / "base.rulebook"
    shutil.copy(SMALL, base)
    broken = base.read_text(encoding="utf-8").replace('"Office" is', 'Office" is')
    base.write_text(broken, encoding="utf-8")
    ours = tmp_path / "ours.rulebook"
    ours.write_text(OURS, encoding="utf-8")
    assert baton("check", "--fix", str(ours)).status == 1
    assert base.read_text(encoding="utf-8") == broken
    assert ours.read_text(encoding="utf-8") == OURS


def test_an_industry_of_the_library_is_reached_everywhere_on_its_base(baton: Baton) -> None:
    """All scenarios of the base hold in it as they stand."""
    for file in sorted((ROOT / "rulebooks" / "industries").glob("*.rulebook")):
        assert baton("fmt", "--check", str(file)).status == 0
        assert baton("check", str(file)).status == 0
        ran = baton("test", "--coverage", "--format", "json", str(file))
        assert ran.status == 0
        layers = ran.document[0]["coverage"]["layers"]
        assert len(layers) > 1
        assert all(one["reached"] == one["parts"] for one in layers)
        assert ran.document[0]["aside"] == []


def test_a_company_extends_an_industry_of_the_library(baton: Baton, ours: Path) -> None:
    text = OURS.replace("growing_company 1.x", "software_leaving 1.x").split("\nadjust")[0]
    ours.write_text(text + "\nadjust item runbooks\n  due last_day\n", encoding="utf-8")
    ran = baton("explain", "--format", "json", f"{ours}#runbooks")
    places = {place["layer"] for line in ran.document[0]["lines"] for place in line["places"]}
    assert places == {"ours", "software_leaving"}


def test_the_whole_software_company_runs(baton: Baton) -> None:
    """What the base's scenarios say has been tailored is told, and does not fail."""
    assert baton("check", str(SOFTWARE)).status == 0
    ran = baton("test", str(SOFTWARE))
    assert ran.status == 0
    assert "ok    secrets_wait" in ran.out
    assert "changed  everything_applies: of “base_offboarding”, and tailored since" in ran.out
    assert baton("graph", str(SOFTWARE)).status == 0
    assert baton("schema", "case", str(SOFTWARE)).status == 0


def test_explain_tells_layer_and_line_of_each_line(baton: Baton, ours: Path) -> None:
    ran = baton("explain", f"{ours}#customers")
    assert ran.status == 0
    lines = {line.split("  ")[1].strip() or line: line for line in ran.out.splitlines()}
    assert f"ours 1.0.0 {ours}:6" in next(one for one in lines.values() if "due last_day" in one)
    assert "growing_company 1.0.0 library/growing_company.rulebook:" in ran.out
    found = baton("explain", "--format", "json", f"{ours}#item.customers").document
    assert [(one["kind"], one["id"]) for one in found] == [("item", "customers")]
    due = next(one for one in found[0]["lines"] if one["text"].strip().startswith("due"))
    assert due["places"] == [
        {"layer": "ours", "version": "1.0.0", "source": str(ours), "line": 6, "column": 3}
    ]


def test_explain_tells_what_has_been_removed_and_why(baton: Baton, ours: Path) -> None:
    text = f'{OURS}\nremove item equipment because "no laptops here"\n'
    ours.write_text(text, encoding="utf-8")
    for language in ("en", "zh"):
        ran = baton("explain", f"{ours}#equipment", "--lang", language)
        kind = TERMS.say(language, "term.kind.item")
        assert ran.status == 0
        assert f"{kind} equipment" in ran.out
        assert "no laptops here" in ran.out


@pytest.mark.parametrize(
    ("line", "code"),
    [("expect item customers done", "E201"), ("nonsense 1 2", "E102")],
    ids=["name", "line"],
)
def test_what_stands_beside_a_wrong_scenario_is_explained_played_and_compared(
    baton: Baton, ours: Path, line: str, code: str
) -> None:
    """A scenario of the layer mentions what the layer removes, or has a line that cannot be read."""
    wrong = f'scenario wrong "Wrong"\n  start on 2026-03-02 09:00\n  {line}\n'
    removed = (
        OURS.split("adjust", maxsplit=1)[0] + f'remove item customers because "none"\n\n{wrong}'
    )
    ours.write_text(removed, encoding="utf-8")
    ran = baton("explain", f"{ours}#work_in_progress")
    assert ran.status == 0
    assert "due 3 working days before last_day" in ran.out
    assert "baton check" in ran.err
    ran = baton("test", "--format", "json", str(ours))
    assert ran.status == 1
    document = ran.document[0]
    assert [each["code"] for each in document["diagnostics"]] == [code]
    assert any(each["held"] for each in document["scenarios"])
    ran = baton("diff", "--format", "json", "growing_company", str(ours))
    assert ran.status == 0
    changed = {each["declaration"] for each in ran.document["changes"]}
    assert "item.customers" in changed
    assert "scenario.wrong" not in changed
    assert baton("flatten", str(ours)).status == 1
    assert baton("publish", str(ours)).status != 0


def test_an_id_that_is_not_there_is_told(baton: Baton, ours: Path) -> None:
    ran = baton("explain", f"{ours}#custmers")
    assert ran.status == 2
    assert "C171" in ran.err
    assert "customers" in ran.err


def test_flatten_writes_one_rulebook_that_needs_no_base(
    baton: Baton, ours: Path, tmp_path: Path
) -> None:
    flat = tmp_path / "flat.rulebook"
    assert baton("flatten", str(ours), "--output", str(flat)).status == 0
    text = flat.read_text(encoding="utf-8")
    assert "extends" not in text
    assert baton("check", str(flat)).status == 0
    assert baton("fmt", "--check", str(flat)).status == 0
    assert baton("flatten", str(ours)).out == text
    again = baton("flatten", str(ours), "--output", str(flat))
    assert again.status == 2
    assert "C172" in again.err
    assert flat.read_text(encoding="utf-8") == text
    assert baton("flatten", str(ours), "--to", "zh").out.startswith("规则书 ours")


def test_flattened_it_passes_the_tests_that_the_layers_pass(
    baton: Baton, ours: Path, tmp_path: Path
) -> None:
    """What scenarios of the base say has been changed: one is wrong by it, one does not hold."""
    ours.write_text(f'{OURS}\nremove item equipment because "none"\n', encoding="utf-8")
    flat = tmp_path / "flat.rulebook"
    told = baton("flatten", "--output", str(flat), str(ours)).err
    assert "late_customers" in told
    assert "quiet_exit" in told
    assert "not_like_this" not in told
    left = baton("flatten", "--format", "json", str(ours)).document["left_out"]
    assert left == ["late_customers", "quiet_exit"]
    layers = baton("test", "--format", "json", str(ours)).document[0]["scenarios"]
    ran = baton("test", "--format", "json", str(flat))
    assert ran.status == 0
    assert [(one["scenario"], one["held"]) for one in ran.document[0]["scenarios"]] == [
        (one["scenario"], one["held"]) for one in layers if one["scenario"] not in left
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("base", ["growing_company", "base_offboarding", "工程离职交接", "预警"])
def test_a_new_rulebook_checks_plays_and_guides(
    baton: Baton, tmp_path: Path, language: str, base: str
) -> None:
    """What the comments say in their examples is right once their signs are taken away."""
    folder = tmp_path / "new"
    ran = baton("new", str(folder), "--from", base, "--lang", language)
    assert ran.status == 0
    file = folder / f"our_{base}.rulebook"
    assert baton("check", str(file)).status == 0
    played = baton("test", "--format", "json", str(file))
    assert played.status == 0
    assert any(
        one["scenario"].startswith(("our_", "reaches_")) for one in played.document[0]["scenarios"]
    )
    assert (folder / "baton.toml").is_file()
    text = file.read_text(encoding="utf-8")
    texts = set(re.findall('"([^"]*)"', text))
    assert texts.isdisjoint({"en": {"李工", "同意"}, "zh": {"Wang Wei", "shared drive"}}[language])
    for ci in (".gitlab-ci.yml", ".github/workflows/rulebook.yml"):
        steps = (folder / ci).read_text(encoding="utf-8")
        assert "baton check" in steps
        assert "baton test" in steps
    verbs = ("# adjust", "#   ", "# item", "# 调整", "# 交接项")
    said = [
        line[2:] if line.startswith(verbs) and "baton " not in line else line
        for line in text.splitlines()
    ]
    file.write_text("\n".join(said) + "\n", encoding="utf-8")
    checked = baton("check", str(file))
    assert checked.status == 0, said
    assert "our_badge" not in checked.out + checked.err, "the process comes to it"


def test_a_folder_with_anything_in_it_is_left_alone(baton: Baton, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    ran = baton("new", str(tmp_path), "--from", "growing_company")
    assert ran.status == 2
    assert "C173" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
    ran = baton("new", str(tmp_path / "other"), "--from", "smal_company")
    assert ran.status == 2
    assert "C174" in ran.err
    assert ": small_company, " in ran.err, "what is meant comes first"
    assert not (tmp_path / "other").exists()
    ran = baton("new", str(tmp_path / "other"), "--from", "growing_company", "--dry-run")
    assert ran.status == 0
    assert not (tmp_path / "other").exists()


@pytest.mark.usefixtures("sandbox")
def test_r175_a_base_that_changes_without_another_version_is_not_published(
    baton: Baton, tmp_path: Path
) -> None:
    base, ours = tmp_path / "base.rulebook", tmp_path / "ours.rulebook"
    text = SMALL.read_text(encoding="utf-8")
    base.write_text(text, encoding="utf-8")
    ours.write_text(OURS, encoding="utf-8")
    first = baton("publish", str(ours), "--reason", "first", "--format", "json")
    assert first.status == 0
    assert [one["id"] for one in first.document["layers"]] == ["ours", "growing_company"]
    base.write_text(text.replace("within 2 working days", "within 3 working days", 1), "utf-8")
    ours.write_text(OURS.replace("version 1.0.0", "version 1.1.0"), encoding="utf-8")
    refused = baton("publish", str(ours), "--reason", "second")
    assert refused.status == 1
    line = next(n for n, one in enumerate(text.split("\n"), 1) if "within 2 working days" in one)
    assert "R175" in refused.err
    assert f"{base}:{line}" in refused.err
    meant = baton("publish", str(ours), "--reason", "second", "--changed-bases")
    assert meant.status == 0


@pytest.mark.usefixtures("sandbox")
def test_a_case_of_a_tailored_rulebook_runs_without_its_files(baton: Baton, tmp_path: Path) -> None:
    ours = tmp_path / "ours.rulebook"
    ours.write_text(OURS, encoding="utf-8")
    assert baton("publish", str(ours), "--reason", "first").status == 0
    ours.unlink()
    opened = baton("case", "open", "ours", "--as", "Li Wei", "--fact", "last_day=2026-04-30")
    assert opened.status == 0, opened.err
