"""The folder of the Visual Studio Code extension: its data is right, and it can be packaged."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dsl.dialects import NAMES, dialect
from dsl.editor.textmate import written
from dsl.parser import parse
from dsl.source import of_text

FOLDER = Path(__file__).parents[2] / "editors" / "vscode"
SNIPPETS = json.loads((FOLDER / "snippets.json").read_text("utf-8"))


def test_the_grammar_is_that_of_the_keyword_tables():
    """After a change of the dialects: `make grammars`."""
    assert (FOLDER / "syntaxes" / "baton.tmLanguage.json").read_text("utf-8") == written()


@pytest.mark.parametrize("name", NAMES)
def test_every_keyword_is_coloured_whole(name):
    patterns = [one["match"] for one in json.loads(written())["patterns"]]
    # The letters of Oniguruma in the words of Python's `re`.
    keywords = [one.replace(r"\p{L}", r"\w").replace(r"\p{N}", "") for one in patterns[-3:-1]]
    for word in dialect(name).written.values():
        if word[0].isalpha():
            assert any(re.fullmatch(pattern, word) for pattern in keywords), word


@pytest.mark.parametrize("title", SNIPPETS)
def test_a_snippet_is_read_without_an_error(title):
    body = "\n".join(SNIPPETS[title]["body"])
    text = re.sub(r"\$\{\d+:([^}]*)\}|\$\d+", lambda found: found[1] or "", body)
    chinese = any("\u4e00" <= char <= "\u9fff" for char in title)
    header = '规则书 x "x"\n  版本 1.0.0\n\n' if chinese else 'rulebook x "x"\n  version 1.0.0\n\n'
    whole = text if text.startswith(("rulebook", "规则书")) else header + text
    assert [each.code for each in parse(of_text("snippet", whole)).diagnostics] == []


def test_what_the_manifest_names_is_there():
    manifest = json.loads((FOLDER / "package.json").read_text("utf-8"))
    contributed = manifest["contributes"]
    named = [
        manifest["main"],
        *(one["configuration"] for one in contributed["languages"]),
        *(one["path"] for one in (*contributed["grammars"], *contributed["snippets"])),
    ]
    assert [path for path in named if not (FOLDER / path).is_file()] == []


@pytest.mark.long
def test_the_extension_is_packaged(tmp_path):
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed: the extension cannot be packaged here")
    place = tmp_path / "vscode"
    shutil.copytree(FOLDER, place, ignore=shutil.ignore_patterns("node_modules", "*.vsix"))
    command = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
    installed = subprocess.run(
        command, cwd=place, capture_output=True, text=True, check=False, timeout=300
    )
    if installed.returncode:
        pytest.skip(f"npm cannot install what the extension needs: {installed.stderr[-300:]}")
    subprocess.run(
        ["npm", "run", "package"], cwd=place, check=True, capture_output=True, timeout=300
    )
    assert (place / "baton-0.1.0.vsix").stat().st_size > 100_000
