"""The demo: every command of the story is carried out, and the pictures are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.demo import play
from dsl.catalogue import Language


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["✔ 办结", "✖ 逾期", "修改后重新提交", "⊠ 结清经济补偿", "拒收"]),
        ("en", ["✔ closed", "✖ overdue", "Revise", "⊠ 结清经济补偿", "refused"]),
    ],
)
def test_the_story_is_played_to_its_end(
    language: Language, words: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert play(tmp_path / "workspace", language) == 0
    told = capfd.readouterr()
    assert told.err == ""
    assert [word for word in words if word not in told.out] == []
    # A second run makes its own workspace anew.
    assert play(tmp_path / "workspace", language) == 0
