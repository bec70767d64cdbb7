"""Soups of the language's own words: whatever their order, every problem is told and nothing breaks."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dsl.dialects import NAMES, dialect
from dsl.formatter import format_source
from dsl.parser import MAX_PROBLEMS
from dsl.pipeline import check_source
from dsl.render import render_text
from dsl.source import of_bytes, of_text

WORDS = {
    name: sorted({" ".join(one.words) for all_ in dialect(name).spellings.values() for one in all_})
    for name in NAMES
}
SHIPPED = [
    path.read_bytes()
    for path in sorted((Path(__file__).parents[2] / "rulebooks").glob("*.rulebook"))
]
SIGNS = [
    ",", "..", ".", "[", "]", "(", ")", "=", "!=", "<", "<=", ">", ">=", "|", "+", "-", "*", "/",
    '"T"', '"', "`x`", "`", "x", "项", "7", "2.5", "5%", "10 CNY", "2026-03-31", "09:00", "1.0.0",
    "#", "，", "：", "“", "９", "\t", "\n  ", "\n", "\n",
]  # fmt: skip
HEADS = {"en": 'rulebook x "X"\n  version 1.0.0\n', "zh": '规则书 x "X"\n  版本 1.0.0\n'}


@st.composite
def soups(draw):
    """A text of keywords and tokens, mostly of one dialect; with or without a header."""
    name = draw(st.sampled_from(NAMES))
    other = next(one for one in NAMES if one != name)
    word = st.one_of(
        st.sampled_from(WORDS[name]),
        st.sampled_from(WORDS[name]),
        st.sampled_from(SIGNS),
        st.sampled_from(WORDS[other]),
    )
    head = draw(st.sampled_from([HEADS[name], ""]))
    return head + " ".join(draw(st.lists(word, max_size=60)))


def taste(text):
    """All that is done to a text in an editor: checked, told in both languages, formatted."""
    source = of_text("soup", text)
    found = check_source(source)
    wrong = any(each.severity == "error" for each in found.diagnostics)
    assert (found.checked is None) is wrong
    assert len(found.diagnostics) <= MAX_PROBLEMS + 1
    ends = [label.span.end for each in found.diagnostics for label in each.labels]
    assert max(ends, default=0) <= len(text)
    for language in NAMES:
        told = render_text(found.diagnostics, found.sources(source), language)
        assert bool(told) is bool(found.diagnostics)
    formatted = format_source(source)
    if formatted.text is not None:
        assert format_source(of_text("soup", formatted.text)).text == formatted.text


QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


@settings(max_examples=60, derandomize=True, **QUIET)
@given(soups())
def test_a_soup_of_words_is_told(text):
    taste(text)


@pytest.mark.parametrize(
    "line", ["set by Friday", "final 3", "optional when", "because held", "default by hr"]
)
def test_a_line_of_another_declaration_is_told(line):
    taste(f"{HEADS['en']}\n{line}")


def test_a_line_may_begin_with_a_comma():
    taste(f"{HEADS['en']}, \n   Friday")
    for verb in ("adjust", "remove", "replace"):
        taste(f"{HEADS['en']}\n{verb}")


@st.composite
def spliced(draw):
    """The bytes of a shipped rulebook in which pieces are cut out, moved, and overwritten."""
    data = draw(st.sampled_from(SHIPPED))[: draw(st.integers(200, 6000))]
    every = [*WORDS["en"], *WORDS["zh"], *SIGNS]
    piece = st.one_of(
        st.binary(max_size=6), st.sampled_from(every).map(lambda one: f" {one} ".encode())
    )
    for _ in range(draw(st.integers(1, 6))):
        start, length = draw(st.integers(0, len(data))), draw(st.integers(0, 40))
        taken = data[start : start + draw(st.sampled_from([0, 0, 200]))]
        end = start + length
        data = data[:start] + draw(piece) + data[end:] + taken
    return data


@pytest.mark.long
@settings(max_examples=2400, **QUIET)
@given(spliced())
def test_any_bytes_in_a_rulebook_are_told(data):
    """About a minute."""
    source = of_bytes("spliced", data)
    if source.readable:
        taste(source.original)
    else:
        assert check_source(source).diagnostics


@pytest.mark.long
@settings(max_examples=3000, **QUIET)
@given(soups())
def test_many_soups_are_told(text):
    taste(text)
