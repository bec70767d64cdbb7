"""On the screens no advice sends anybody to a command for what a key does."""

import re
from typing import get_args

import pytest

from dsl.catalogue import Language
from tests.house.reading import catalogue
from tui.acts import ACT_KEYS
from tui.advice import on_screens
from tui.shell import Shell


@pytest.mark.parametrize("language", get_args(Language))
def test_no_hint_names_a_command_for_a_task_or_a_case(language: Language) -> None:
    shell = Shell(None, language)
    named = 0
    texts = catalogue("engine", language)
    for hint, text in texts.items():
        if not hint.endswith(".hint"):
            continue
        named += len(re.findall("baton (task|case)", text))
        assert not re.search("baton (task|case|people list)", on_screens(shell, text)), hint
    assert named > 10


def test_an_act_is_named_with_its_key_and_what_only_a_command_does_stays_one() -> None:
    shell = Shell(None, "en")
    told = on_screens(
        shell, "State content with “baton task provide”, or run `baton case resume CASE`."
    )
    assert told == (
        f"State content with “{shell.act('provide')}” (a {ACT_KEYS['provide'].key}), or run "
        f"“{shell.say('act.whole_case', act=shell.act('resume'))}” (a {ACT_KEYS['resume'].key})."
    )
    assert "“baton verify”" in on_screens(shell, "Run `baton verify` first.")
