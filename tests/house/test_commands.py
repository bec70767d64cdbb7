"""Every command of the command line is described, in both languages."""

import argparse
import re
from collections.abc import Iterator

import pytest

from cli.main import build_parser
from tests.house.reading import ROOT

DOCUMENTS = ("docs/cli.md", "docs/zh/cli.md")


def commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The full name of every command that has no further ones below it."""
    below = [
        choice
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
        for choice in map(action.choices.__getitem__, action.choices)
    ]
    for one in below:
        yield from commands(one)
    if not below:
        yield parser.prog


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_is_described(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    names = sorted(set(commands(build_parser())))
    assert names
    assert [name for name in names if not re.search(rf"^    {name}\b", text, re.MULTILINE)] == []
