"""Golden cases of the parser: tokens, nodes, and bad text with its exact diagnostics.

`tests/cases/tokens/NAME.rulebook` has its tokens beside it in `NAME.txt`, `tests/cases/nodes` its
nodes in `NAME.json`, `tests/cases/syntax` its diagnostics in `NAME.en.txt` and `NAME.zh.txt`. After
a wanted change `BATON_GOLDEN=write pytest tests/dsl/test_parser.py` writes them anew, to be read
before a commit.
"""

import json
import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl import nodes
from dsl.dialects import NAMES, dialect
from dsl.parser import Reader, parse, tokens
from dsl.render import render_text
from dsl.source import of_bytes, of_text

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
SYNTAX = sorted((CASES / "syntax").glob("*.rulebook"))
SHIPPED = sorted((ROOT / "rulebooks").glob("*.rulebook"))


def cases(stage):
    return pytest.mark.parametrize(
        "path", sorted((CASES / stage).glob("*.rulebook")), ids=lambda path: path.stem
    )


def golden(path, text):
    if os.environ.get("BATON_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@cases("tokens")
def test_tokens_are_the_golden_ones(path):
    source = of_bytes(path.name, path.read_bytes())
    lines = []
    for token in tokens(source):
        line, column = source.position(token.span.start)
        lines.append(f"{line}:{column} {token.kind} {source.original[slice(*token.span)]}")
    golden(path.with_suffix(".txt"), "\n".join(lines) + "\n")


@cases("nodes")
def test_nodes_are_the_golden_ones(path):
    parsed = parse(of_bytes(path.name, path.read_bytes()))
    assert [one.code for one in parsed.diagnostics if one.severity == "error"] == []
    text = msgspec.json.format(msgspec.json.encode(parsed.rulebook)).decode()
    golden(path.with_suffix(".json"), text + "\n")


@cases("syntax")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_bad_text_is_explained_like_this(path, language):
    source = of_bytes(path.name, path.read_bytes())
    text = render_text(parse(source).diagnostics, {source.name: source}, language)
    golden(path.with_suffix(f".{language}.txt"), text)


@pytest.mark.parametrize(
    "path", [path for path in SYNTAX if path.stem[1:4].isdigit()], ids=lambda path: path.stem
)
def test_the_code_in_the_name_is_the_only_one(path):
    parsed = parse(of_bytes(path.name, path.read_bytes()))
    assert {found.code for found in parsed.diagnostics} == {path.stem[:4]}


def meaning(value):
    """Nodes without their places, words of either dialect by what they stand for."""
    if isinstance(value, list):
        return [meaning(part) for part in value]
    if not isinstance(value, dict):
        return value
    kept = {key: meaning(part) for key, part in value.items() if key not in {"span", "start"}}
    if kept.pop("word", None) is not None and kept["node"] == "Name":
        kept["text"] = value["word"]
    elif "word" in value:
        kept["word"] = value["word"]
    return kept


def test_both_dialects_give_the_same_nodes():
    read = []
    for name in NAMES:
        text = (CASES / "nodes" / f"whole.{name}.rulebook").read_bytes()
        rulebook = parse(of_bytes(name, text)).rulebook
        read.append(meaning(json.loads(msgspec.json.encode(rulebook))))
    english, chinese = read
    assert (english.pop("dialect"), chinese.pop("dialect")) == ("en", "zh")
    assert english == chinese


def test_both_tables_have_the_same_words_for_names():
    english, chinese = (set(dialect(name).words.values()) for name in NAMES)
    assert english == chinese


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_rulebooks_are_read_without_a_word(path):
    assert parse(of_bytes(path.name, path.read_bytes())).diagnostics == ()


@pytest.mark.parametrize("step", [21, pytest.param(7, marks=pytest.mark.long)])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_fixes_repair_what_they_are_for(path, step):
    source, read = of_bytes(path.name, path.read_bytes()), Reader().parsed
    for token in tokens(source)[:400:step]:
        text = source.original
        broken = of_text("broken", text[: token.span.start] + text[token.span.end :])
        for found in read(broken).diagnostics:
            if found.fix is not None:
                mended = broken.original
                for edit in reversed(found.fix.edits):
                    mended = mended[: edit.span.start] + edit.text + mended[edit.span.end :]
                codes = [(d.code, d.values) for d in read(of_text("mended", mended)).diagnostics]
                assert (found.code, found.values) not in codes


@pytest.mark.parametrize("step", [29, pytest.param(5, marks=pytest.mark.long)])
def test_a_lost_token_gives_at_most_one_error_mostly(step):
    counts = []
    for path in SHIPPED:
        source, read = of_bytes(path.name, path.read_bytes()), Reader().parsed
        for token in tokens(source)[::step]:
            text = source.original
            broken = of_text("broken", text[: token.span.start] + text[token.span.end :])
            counts.append(sum(d.severity == "error" for d in read(broken).diagnostics))
    assert max(counts) <= 3
    assert sum(count <= 1 for count in counts) >= 0.85 * len(counts)


def test_a_part_is_the_same_wherever_it_stands():
    item = 'item keys "Keys"\n  from a to b   # both\n'
    alone = parse(of_text("a", f'rulebook x "X"\n{item}')).rulebook.parts[0]
    later = parse(of_text("a", f'rulebook x "X"\nfact z "Z" text\n\n{item}')).rulebook.parts[1]
    assert alone.declaration == later.declaration
    assert alone.comments == later.comments
    assert later.at(later.declaration.id.span).start == 37


def test_comments_stay_reachable():
    text = '# above\nrulebook x "X" # beside\n  # below\nfact a "A" text # of a\n# last\n'
    rulebook = parse(of_text("a", text)).rulebook
    assert [comment.text for comment in rulebook.comments] == ["# above", "# beside", "# below"]
    assert [comment.text for comment in rulebook.parts[0].comments] == ["# of a", "# last"]


def test_an_empty_text_in_a_placeholder_says_nothing():
    text = 'rulebook x "X"\nrule r "R"\n  note "{\\"\\"}"\n'
    rule = parse(of_text("a", text)).rulebook.parts[0].declaration
    assert rule.does[0].message.parts == ()


def test_an_unreadable_head_leaves_its_name():
    rulebook = parse(of_text("a", 'rulebook x "X"\nfact a "A" 5 5 5\n')).rulebook
    assert rulebook.parts[0].declaration is None
    assert rulebook.parts[0].lost == "a"


def test_names_stand_for_words_unless_they_are_quoted():
    text = 'rulebook x "X"\nsla s "S"\n  remind giver 1 day before due by sms\n'
    quoted = text.replace("giver", "`giver`")
    named = [parse(of_text("a", each)).rulebook.parts[0].declaration for each in (text, quoted)]
    assert [sla.rungs[0].party.name.word for sla in named] == ["giver", None]
    assert isinstance(named[0], nodes.Sla)


WORDS = sorted({word for name in NAMES for word in dialect(name).spellings})
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(
        ['"t"', "a", "甲", "5", "3天", "前15天", ",", "(", "[", ")", "]", ".", "\n", "#"]
    ),
    st.text(max_size=3),
)


@given(st.lists(PIECES, max_size=40))
def test_any_text_is_read_or_explained(pieces):
    source = of_text("any", 'rulebook x "X"\n' + " ".join(pieces))
    parsed = parse(source)
    for language in ("en", "zh"):
        render_text(parsed.diagnostics, {source.name: source}, language)
    for found in parsed.diagnostics:
        assert 0 <= found.primary.span.start <= found.primary.span.end <= len(source.original)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_explained(data):
    parsed = parse(of_bytes("any", data))
    assert parsed.rulebook is not None or parsed.diagnostics


@pytest.mark.parametrize(
    "deep", ["not " * 4000, "(" * 4000, "1 + " * 2000, "days until " * 2000, "x in [" * 2000]
)
def test_deep_text_ends_in_a_diagnostic(deep):
    parsed = parse(of_text("deep", f'rulebook x "X"\ngate g "G"\n  until {deep}a\n'))
    assert {found.code for found in parsed.diagnostics} <= {"E007", "E009", "E102", "E106", "E114"}
    assert parsed.diagnostics
