import json

from dsl.diagnostic import Diagnostic, Edit, Fix, Keyword, Label, Term, Terms, in_order
from dsl.pipeline import check_source
from dsl.render import render_json, render_text, value_text
from dsl.source import Source, Span, of_text
from dsl.visible import visible


def at(text, piece, **more):
    start = text.index(piece)
    label = Label(Span(start, start + len(piece)), "t", "E201.label")
    values = {"name": piece, "kind": Term("kind.role")}
    return Diagnostic("E201", "error", (label,), values, **more)


def under(text, piece):
    lines = render_text([at(text, piece)], {"t": of_text("t", text)}, "en").split("\n")
    return lines[2].split("| ", 1)[1], lines[3].split("| ", 1)[1]


def test_carets_stand_under_wide_characters():
    assert under("由 离职人 移交 给 李工\n", "李工") == (
        "由 离职人 移交 给 李工",
        "                  ^^^^ not declared",
    )


def test_a_tab_is_four_cells():
    assert under("\tfrom\tleaver\n", "leaver") == (
        "    from    leaver",
        " " * 12 + "^^^^^^ not declared",
    )


def test_a_long_line_is_cut_around_the_place():
    line, carets = under("x" * 5000 + " here " + "y" * 5000 + "\n", "here")
    assert line.startswith("…")
    assert line.endswith("…")
    assert line[carets.index("^") :].startswith("here")
    assert len(line) < 130


def test_a_place_at_the_end_of_the_text_has_one_caret():
    found = at("rulebook\n", "rulebook")
    label = Label(Span(9, 9), "t", "E201.label")
    text = render_text(
        [Diagnostic("E201", "error", (label,), found.values)],
        {"t": Source("t", "rulebook\n", "rulebook\n")},
        "en",
    )
    assert "t:2:1" in text
    assert "\n    | ^ not declared\n" in text


def test_a_place_of_several_lines_is_marked_on_its_first():
    assert under("item a\n  due b\n", "a\n  due") == ("item a", "     ^ not declared")


def test_control_and_direction_marks_are_shown():
    assert visible("a\u202eb\x1b[31mc\td") == "a<U+202E>b<U+001B>[31mc    d"
    line, carets = under("item \u202eab c\n", "c")
    assert line == "item <U+202E>ab c"
    assert carets.index("^") == line.index("c")


def test_what_was_typed_is_never_a_format():
    text = "item {name} [/red]\n"
    shown = render_text([at(text, "{name}")], {"t": of_text("t", text)}, "en")
    assert "No role is called `{name}`." in shown


def test_long_typed_values_are_shortened():
    assert value_text("x" * 500, "en") == "x" * 79 + "…"


def test_long_lists_are_shortened():
    assert value_text(Terms(tuple("abcdefghijklmnopqrstuvwxyz")), "en").endswith(", …")


def test_prose_is_in_the_readers_language_and_keywords_in_the_files():
    values = Terms((Keyword("known", "zh"), Term("type.text"), 3, "x"))
    assert value_text(values, "en") == "已知, a text, 3, x"
    assert value_text(values, "zh") == "已知、文本、3、x"


def test_json_has_places_and_edits():
    text = "rulebook t\n  role hhr\n"
    fix = Fix("fix.rename", (Edit(Span(18, 21), "hr"),), {"near": "hr"})
    found = render_json([at(text, "hhr", fix=fix)], {"t": of_text("t", text)}, "en")
    assert json.loads(json.dumps(found)) == [
        {
            "code": "E201",
            "severity": "error",
            "title": "a name that is not declared",
            "text": "No role is called `hhr`. Correct the name, or declare it.",
            "labels": [
                {
                    "source": "t",
                    "start": 18,
                    "end": 21,
                    "line": 2,
                    "column": 8,
                    "end_line": 2,
                    "end_column": 11,
                    "text": "not declared",
                }
            ],
            "fix": {
                "title": "write `hr`",
                "sure": False,
                "edits": [{"start": 18, "end": 21, "text": "hr"}],
            },
        }
    ]


def test_diagnostics_are_sorted_by_place_and_each_stands_once():
    text = "one two three\n"
    found = [at(text, "three"), at(text, "one"), at(text, "three")]
    assert [each.values["name"] for each in in_order(found)] == ["one", "three"]


def test_a_fix_removes_its_problem():
    text = 'rulebook t "T"\n  version 1.0.0\n  currency CNY\nfact pay "Pay" money default 5\n'
    outcome = check_source(of_text("t", text))
    (found,) = [each for each in outcome.diagnostics if each.fix]
    (edit,) = found.fix.edits
    fixed = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert "default 5 CNY" in fixed
    assert not any(each.fix for each in check_source(of_text("t", fixed)).diagnostics)
