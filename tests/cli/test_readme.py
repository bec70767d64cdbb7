"""The README's commands, typed as they stand there, in its order; the Chinese one has the same."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from cli.main import build_parser, main

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
STAYS = {"serve", "tui", "design", "lsp"}
"""What goes on until somebody ends it; each has tests of its own."""
SAMPLE = ("-c", "user.name=Sample", "-c", "user.email=sample@example.com")


def commands(readme: str) -> list[list[str]]:
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    typed = [line.strip() for line in lines if line.startswith("    baton ")]
    return [shlex.split(line, comments=True)[1:] for line in typed]


def test_what_the_readme_says_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "rulebooks", tmp_path / "rulebooks")
    monkeypatch.chdir(tmp_path)
    for words in (
        ("init", "-q"),
        ("add", "rulebooks"),
        (*SAMPLE, "commit", "-q", "-m", "as it was"),
    ):
        subprocess.run(["git", *words], check=True)
    ours = [words for words in commands("README.md") if "demo-workspace" not in words]
    ours = [words for words in ours if not STAYS & set(words)]
    assert len(ours) >= 12
    assert [words for words in ours if main(words) != 0] == []
    assert "resignation" in capfd.readouterr().out


def test_the_chinese_readme_has_the_same_commands() -> None:
    parse = build_parser("zh").parse_args
    english, chinese = map(commands, ("README.md", "README.zh.md"))
    assert [parse(words).run for words in english] == [parse(words).run for words in chinese]
    assert all(parse(words).language == "zh" for words in chinese)
