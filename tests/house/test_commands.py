"""Every command of the command line is described, in both languages."""

import argparse
import re
import shlex
from collections.abc import Iterator

import pytest

from cli.main import build_parser
from cli.texts import MESSAGES
from dsl.catalogue import Language
from tests.house.reading import ROOT

DOCUMENTS = ("docs/cli.md", "docs/zh/cli.md")
EXAMPLE = re.compile(r"(?:For example: |例如：)`?(baton [^`\n]+)")
"""A command that the page of a code gives as an example."""


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


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("act", ["state", "confirm", "refuse"])
def test_an_example_about_a_cause_names_the_task_of_the_cause(language: Language, act: str) -> None:
    assert ".cause#1" in MESSAGES.say(language, f"example.task.{act}-cause")


def test_every_example_on_the_page_of_a_code_can_be_typed() -> None:
    parser = build_parser()
    pages = sorted((ROOT / "cli" / "pages").rglob("*.md"))
    found = [one for page in pages for one in EXAMPLE.findall(page.read_text(encoding="utf-8"))]
    assert len(found) > 60
    assert [one for one in found if "run" not in parser.parse_args(shlex.split(one)[1:])] == []
