"""What holds for every text that can be read: generated rulebooks with every clause."""

from collections import Counter
from functools import lru_cache

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from dsl import nodes
from dsl.dialects import NAMES, dialect
from dsl.formatter import format_source
from dsl.parser import parse, tokens
from dsl.source import of_text
from tests.dsl.generated import DECLARATIONS, rulebooks
from tests.dsl.generated_comments import COMMENTS, strewn
from tests.dsl.shelves import texts

RICHEST = ["scenario", "gate", "rule"]
ROUNDS = 30
"""Kinds with many keywords are drawn again until each has been met, at most so often."""


READ = lru_cache(8)(parse)
SHELF = texts(base='rulebook base "Base"\n  version 1.2.0\n  timezone "Asia/Shanghai"\n')


def formatted(text, to=None):
    found = format_source(of_text("generated", text), to, SHELF, READ)
    assert found.diagnostics == (), text
    return found.text


def bare(value):
    """Nodes without their places; a name by its text alone."""
    if isinstance(value, nodes.Name):
        return value.text
    if isinstance(value, nodes.Node):
        kept = (field for field in value.__struct_fields__ if field != "span")
        return (type(value).__name__, *(bare(getattr(value, field)) for field in kept))
    return tuple(bare(part) for part in value) if type(value) is tuple else value


def nodes_of(text):
    rulebook = READ(of_text("generated", text)).rulebook
    changes = [bare(part.tailoring) for part in rulebook.tailoring]
    return bare(rulebook.header), [bare(part.declaration) for part in rulebook.parts], changes


def comments_of(text):
    found = READ(of_text("generated", text)).tokens
    return Counter(token.text for token in found if token.kind == "COMMENT")


@pytest.mark.parametrize("kind", DECLARATIONS)
@settings(max_examples=15)
@given(data=st.data())
def test_the_canonical_form_reads_the_same_and_stays(kind, data):
    look_at_canonical_form(data.draw(rulebooks(2, kind)))


@pytest.mark.long
@pytest.mark.parametrize("kind", DECLARATIONS)
@settings(max_examples=40)
@given(data=st.data())
def test_the_canonical_form_of_many_reads_the_same_and_stays(kind, data):
    look_at_canonical_form(data.draw(rulebooks(2, kind)))


def look_at_canonical_form(text):
    once = formatted(text)
    assert nodes_of(once) == nodes_of(text)
    assert formatted(once) == once


@given(rulebooks(2), COMMENTS)
def test_no_comment_is_lost(text, comments):
    typed = strewn(text, comments)
    once = formatted(typed)
    assert comments_of(once) == comments_of(typed)
    assert formatted(once) == once


@given(rulebooks(2), COMMENTS)
def test_the_other_dialect_leads_back(text, comments):
    english = formatted(strewn(text, comments))
    chinese = formatted(english, "zh")
    assert comments_of(chinese) == comments_of(english)
    assert formatted(chinese) == chinese
    back = formatted(chinese, "en")
    assert formatted(back, "zh") == chinese
    if "  timezone" in english and "  currency" in english:
        assert back == english


@pytest.mark.long
def test_generated_rulebooks_use_every_keyword():
    wanted = {(name, terminal) for name in NAMES for terminal in dialect(name).written}
    only_chinese = dialect("zh").written.keys() - dialect("en").written.keys()

    def look(text):
        met = {token.kind for token in tokens(of_text("generated", text))} | only_chinese
        for name in (name for name in NAMES if any((name, kind) in wanted for kind in met)):
            source = of_text("generated", formatted(text, name))
            wanted.difference_update((name, token.kind) for token in tokens(source))

    some = settings(max_examples=40, derandomize=False)
    for number, kind in enumerate([*DECLARATIONS, *RICHEST * ROUNDS]):
        if wanted:
            some(seed(number)(given(rulebooks(3, kind))(look)))()
    assert sorted(wanted) == []
