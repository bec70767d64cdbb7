"""The canonical form of texts, by golden cases and by the shipped rulebooks.

`tests/cases/format/NAME.rulebook` is a text that somebody typed; `NAME.en.txt` and `NAME.zh.txt` are
its canonical form in each dialect. After a wanted change
`BATON_GOLDEN=write pytest tests/dsl/test_formatter.py` writes them anew; read the difference.
"""

import os
from pathlib import Path

import msgspec
import pytest

from dsl.dialects import NAMES, other
from dsl.dialects import dialect as words_of
from dsl.formatter import format_source
from dsl.pipeline import check_source
from dsl.source import of_bytes, of_text

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
TYPED = sorted((CASES / "format").glob("*.rulebook"))
SHIPPED = sorted((ROOT / "rulebooks").glob("*.rulebook"))
WHOLE = [
    *SHIPPED,
    *sorted((CASES / "model").glob("*.rulebook")),
    *sorted((CASES / "docs").glob("*.rulebook")),
]


def stem(path):
    return path.stem


def formatted(text, to=None):
    found = format_source(of_text("typed", text), to)
    assert found.diagnostics == ()
    return found.text


def model_of(text):
    outcome = check_source(of_text("whole", text))
    assert outcome.checked is not None, outcome.diagnostics
    return outcome.checked.rulebook


def without_language(part):
    """A model as plain values, its titles without saying which is of which language."""
    if isinstance(part, dict):
        kept = {key: without_language(value) for key, value in part.items() if key != "language"}
        return kept | ({"title": sorted(part["title"].values())} if "title" in part else {})
    return [without_language(one) for one in part] if isinstance(part, list | tuple) else part


def meaning(text):
    return without_language(msgspec.to_builtins(model_of(text)))


@pytest.mark.parametrize("path", TYPED, ids=stem)
@pytest.mark.parametrize("name", NAMES)
def test_a_typed_text_becomes_this(path, name):
    text = formatted(path.read_text(encoding="utf-8"), name)
    golden = path.with_suffix(f".{name}.txt")
    if os.environ.get("BATON_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    assert formatted(text) == text


@pytest.mark.parametrize("path", SHIPPED, ids=stem)
def test_shipped_rulebooks_are_in_canonical_form(path):
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text


@pytest.mark.parametrize("path", WHOLE, ids=stem)
def test_the_canonical_form_means_the_same(path):
    text = path.read_text(encoding="utf-8")
    assert model_of(formatted(text)) == model_of(text)


@pytest.mark.parametrize("path", WHOLE, ids=stem)
def test_the_other_dialect_means_the_same_and_leads_back(path):
    text = formatted(path.read_text(encoding="utf-8"))
    here = model_of(text).language
    there = other(words_of(here)).name
    turned = formatted(text, there)
    assert model_of(turned).language == there
    assert meaning(turned) == meaning(text)
    assert formatted(turned) == turned
    assert formatted(turned, here) == text


def test_what_a_header_leaves_to_its_dialect_is_written_out():
    chinese = '规则书 x "甲"\n  版本 1.0.0\n'
    english = formatted(chinese, "en")
    assert english == (
        'rulebook x "甲"\n  version 1.0.0\n  timezone "Asia/Shanghai"\n  currency CNY\n'
    )
    turned = formatted(english, "zh")
    assert formatted(turned, "en") == english


def test_a_text_with_an_error_of_syntax_is_left_alone():
    found = format_source(of_text("typed", 'rulebook x "X"\n  version\n'))
    assert found.text is None
    assert [one.code for one in found.diagnostics] == ["E106"]


@pytest.mark.parametrize(
    ("name", "role", "sla"),
    [
        ("en", '角色 giver "甲" 为 外部', '时限 s "S"\n  提醒 移交人 到期 前 1 天 以 短信'),
        ("zh", 'role 移交人 "A" is external', 'sla s "S"\n  remind giver 1 day before due by sms'),
    ],
)
def test_a_word_that_would_become_a_name_is_not_turned(name, role, sla):
    header = 'rulebook x "X"' if name == "zh" else '规则书 x "X"'
    source = of_text("typed", f"{header}\n{role}\n{sla}\n")
    found = format_source(source, name)
    assert found.text is None
    assert [one.code for one in found.diagnostics] == ["E208"]
    assert format_source(source).text is not None


@pytest.mark.parametrize(
    ("english", "said"),
    [('allow W504 because "known"', '允许 W504 因为 "known"'), ("final", "不可删改")],
)
def test_a_line_of_its_own_may_be_all_that_a_layer_adjusts_in_a_fact(english, said):
    text = f'rulebook x "X"\n\nadjust fact post\n  {english}\n'
    chinese = formatted(text, "zh")
    assert chinese.endswith(f"\n调整 事实 post\n  {said}\n")
    assert formatted(chinese, "en").endswith(f"  {english}\n")


def test_a_list_is_named_before_there_is_a_variable():
    english = 'rulebook x "X"\n\nitem a "A"\n  for each subject in subject\n'
    chinese = formatted(english, "zh")
    assert "对 当事人 的 每个 subject" in chinese
    assert "for each subject in subject" in formatted(chinese, "en")


def test_a_role_keeps_its_name_where_a_person_has_an_attribute_of_that_name():
    text = (
        '规则书 x "X"\n角色 离职人 "甲" 为 当事人\n角色 上级 "乙" 为 离职人 的 上级\n'
        '门 g "G"\n  直到 上级.上级 = 离职人.上级\n'
    )
    assert "until 上级.manager = 离职人.manager" in formatted(text, "en")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a = 1 or b = 2 and c = 3", "a = 1 or (b = 2 and c = 3)"),
        ("(a = 1) and (not (b = 2))", "a = 1 and not b = 2"),
        ("(any x in l where a = 1) and b = 2", "(any x in l where a = 1) and b = 2"),
        ("b = 2 and (any x in l where a = 1)", "b = 2 and any x in l where a = 1"),
        ("(1 + 2) * 3 - (4 - 5)", "(1 + 2) * 3 - (4 - 5)"),
        ("((1 * 2) + 3) != -4", "1 * 2 + 3 is not -4"),
        ("(1 days before d) 9:00 < d", "(1 day before d) 09:00 < d"),
        ("x in [１，２、 (a = b)]", "x in [1, 2, (a = b)]"),
        ("a ≥ 1% and b ≤ 2 CNY", "a >= 1% and b <= 2 CNY"),
    ],
)
def test_conditions_have_the_brackets_that_they_need(typed, printed):
    text = f'rulebook x "X"\ngate g "G"\n  until {typed}\n'
    assert formatted(text).splitlines()[-1] == f"  until {printed}"


def test_texts_in_quotes_are_not_touched():
    kept = ['"：，。１２"', '"say \\"so\\""', '"C:\\dir"', '"end\\\\"', '"# no comment"', '""']
    for text in kept:
        typed = f'rulebook x {text}\n  maintained by "HR"\n'
        assert formatted(typed).startswith(f"rulebook x {text}\n")


def test_line_ends_and_what_stands_before_the_text_become_plain():
    data = '\ufeffrulebook x "X"\r\n\tversion 1.0.0  # one\r\n\r\n\r\n'.encode()
    text = format_source(of_bytes("typed", data)).text
    assert text == 'rulebook x "X"\n  version 1.0.0  # one\n'
