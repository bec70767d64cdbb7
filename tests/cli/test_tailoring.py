"""Rulebooks that extend others, on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, SMALL, Baton

OURS = """rulebook ours "Our company"
  version 1.0.0
  extends small_company 1.x

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
            ("small_company", version),
        ]


def test_a_project_file_that_cannot_be_read_is_told(baton: Baton, ours: Path) -> None:
    for text in ("[rulebooks\n", "[rulebooks]\npath = 3\n", "rulebooks = 1\n"):
        (ours.parent / "baton.toml").write_text(text, encoding="utf-8")
        ran = baton("check", str(ours))
        assert ran.status == 2
        assert "C170" in ran.err


def test_an_error_of_a_layer_shows_the_lines_of_both(baton: Baton, ours: Path) -> None:
    text = OURS + '\nremove role successor because "nobody"\n'
    ours.write_text(text, encoding="utf-8")
    ran = baton("check", str(ours))
    assert ran.status == 1
    assert f"{ours}:8:1" in ran.out
    assert "library/small_company.rulebook:" in ran.out


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


def test_the_whole_software_company_runs(baton: Baton) -> None:
    """What the base's scenarios say has been tailored is told, and does not fail."""
    assert baton("check", str(SOFTWARE)).status == 0
    ran = baton("test", str(SOFTWARE))
    assert ran.status == 0
    assert "ok    secrets_wait" in ran.out
    assert "changed  everything_applies: of “base_offboarding”, and tailored since" in ran.out
    assert baton("graph", str(SOFTWARE)).status == 0
    assert baton("schema", "case", str(SOFTWARE)).status == 0
