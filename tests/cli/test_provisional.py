"""Deadlines that are provisional say so on the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import SMALL, Baton


@pytest.mark.usefixtures("sandbox")
def test_tables_and_json_mark_a_provisional_deadline(baton: Baton, tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8").replace("1.0.0", "1.1.0")
    chinese = tmp_path / "growing_company.rulebook"
    chinese.write_text(
        text.replace("  timezone", "  uses calendar CN\n  timezone"), encoding="utf-8"
    )
    assert baton("publish", str(chinese), "--reason", "with public holidays").status == 0
    day = ("--fact", "last_day=2045-03-31")
    assert baton("case", "open", "growing_company", "--as", "li", *day).status == 0
    assert baton("task", "approve", "resignation.manager", "--as", "boss").status == 0
    item = next(
        one
        for one in baton("task", "list", "--as", "li", "--format", "json").document
        if one["ref"] == "equipment"
    )
    assert item["provisional"]
    for command in (
        ("task", "list"), ("task", "show", item["id"]), ("case", "show", "2026-0001"),
        ("report", "unfinished"),
    ):  # fmt: skip
        assert "2045-03-31 18:00 (provisional)" in baton(*command, "--as", "li").out, command
    shown = baton("task", "list", "--as", "li", "--lang", "zh")
    assert "2045-03-31 18:00（暂定）" in shown.out
