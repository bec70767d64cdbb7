"""The help says what every sign of the screens means."""

from typing import get_args

import pytest

from dsl.catalogue import Language
from engine.graph.glyphs import ASCII, UNICODE, Glyphs
from engine.views.signs import SIGNS
from tui.legend import legend
from tui.shell import Shell


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_no_sign_is_without_a_meaning(language: Language, glyphs: Glyphs) -> None:
    shell = Shell(None, language, glyphs)
    told = list(legend(shell))
    assert {shell.sign(status) for status in SIGNS} <= {sign for sign, text in told if text}
    assert set(glyphs.marks.values()) - {" "} <= {sign for sign, _ in told}
    shut = dict(reversed(told))[shell.sign("gate_shut")]
    assert shell.say("case.gate_shut") in shut
    assert all(sign.isascii() for sign, _ in told) is shell.is_plain
