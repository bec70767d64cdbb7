"""The documents of the command line, held against its parser: every command with every option."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from cli.commands import COMMANDS
from cli.parser import Parser
from tests.cli.conftest import ROOT

EVERYWHERE = {"-h", "--help", "--workspace", "--as", "--format", "--lang", "--dry-run", "--id"}


def section(document: str, words: str) -> str:
    """What a document says of a command."""
    text = (ROOT / document).read_text(encoding="utf-8")
    found = re.search(rf"^### baton {words}\n(.*?)(?=^### |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, words
    return found[1]


@pytest.mark.parametrize("document", ["docs/cli.md", "docs/zh/cli.md"])
@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_is_described_with_its_options(document: str, words: str) -> None:
    parser = Parser(language="en", text="help.baton", prog=f"baton {words}")
    import_module(COMMANDS[words]).arguments(parser)
    options = {name for action in parser._actions for name in action.option_strings}
    text = section(document, words)
    assert [name for name in sorted(options - EVERYWHERE) if name not in text] == []
    stated = set(re.findall(r"--[a-z-]+", text.split("\n\n")[1]))
    assert stated <= options


@pytest.mark.parametrize("document", ["docs/cli.md", "docs/zh/cli.md"])
def test_what_every_command_takes_is_described_once(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert [
        name for name in sorted(EVERYWHERE - {"-h"}) if f"`{name}" not in text and name not in text
    ] == []
