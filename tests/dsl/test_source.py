"""Sources: decoding, folding, and places for screens and editors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.parser.folding import folded
from dsl.source import MAX_BYTES, Position, Span, cells, of_bytes, of_text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"rulebook caf\xe9", "E001"),
        ("规则书 离职".encode("gb18030"), "E002"),
        ("rulebook x".encode("utf-16"), "E003"),
        ("rulebook x".encode("utf-16-le"), "E003"),
        ("规则书 离职".encode("utf-16"), "E003"),
        (b"rulebook\0x", "E004"),
        (b" " * (MAX_BYTES + 1), "E005"),
    ],
)
def test_what_is_no_text_is_told_apart(data, code):
    source = of_bytes("a", data)
    assert [problem.code for problem in source.problems] == [code]
    assert not source.readable


def test_a_byte_order_mark_is_a_space():
    source = of_bytes("a", "\ufeffrulebook".encode())
    assert folded(source.original) == (" rulebook", None)


def test_direction_marks_are_found_in_quotes_and_comments_too():
    source = of_text("a", 'x "\u202ey" # \u2066')
    assert [problem.values["code_point"] for problem in source.problems] == ["U+202E", "U+2066"]


def test_full_width_forms_fold_outside_quotes_and_comments():
    text, _ = folded("版本　１．０，（甲、乙） “１，２” 「３」 ＃ ４，五")
    assert text == "版本 1.0,(甲,乙) “１，２” 「３」 ＃ ４，五"


def test_marks_compose_and_places_stay_those_of_the_original():
    text, places = folded("cafe\u0301 = x")
    assert text == "café = x"
    assert places[text.index("=")] == "cafe\u0301 = x".index("=")


def test_marks_in_quotes_stay():
    assert folded('e\u0301 "e\u0301"')[0] == 'é "e\u0301"'


@given(st.text(max_size=60))
def test_places_are_in_order_and_in_the_text(text):
    found, places = folded(text)
    assert len(found) + 1 == len(places or range(len(text) + 1))
    if places is not None:
        assert list(places) == sorted(places)
        assert places[-1] == len(text)


def test_lines_and_columns_count_from_one():
    source = of_text("a", "一二\r\n三\n")
    assert [source.position(at) for at in (0, 1, 4, 99)] == [
        Position(1, 1),
        Position(1, 2),
        Position(2, 1),
        Position(3, 1),
    ]
    assert [source.line(number) for number in (1, 2, 3)] == ["一二", "三", ""]


def test_a_carriage_return_alone_ends_a_line_too():
    source = of_text("t", "a\rbc\r\nd")
    assert [source.line(number) for number in (1, 2, 3)] == ["a", "bc", "d"]
    assert source.position(3) == (2, 2)


def test_cells_count_wide_characters_and_tabs():
    assert (cells("工程a"), cells("\t"), cells("a\tb"), cells("e\u0301")) == (5, 4, 5, 1)


def test_spans_move():
    assert Span(2, 4).shift(3) == Span(5, 7)
    assert Span(2, 4).to(Span(6, 9)) == Span(2, 9)
