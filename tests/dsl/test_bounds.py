"""Nothing that somebody can type is too much: every size has its bound, and a diagnostic of its own."""

from difflib import SequenceMatcher

import pytest

from dsl.dialects import dialect
from dsl.parser import statements as dsl_statements
from dsl.parser.attempts import MAX_TRIES
from dsl.parser.lexemes import MAX_LEXEMES, rows
from dsl.parser.parts import MAX_PROBLEMS, MAX_UNREAD
from dsl.parser.reading import MAX_DECLARATIONS
from dsl.pipeline import check_source
from dsl.resolve.tables import MOST_ROWS
from dsl.source import MAX_BYTES, of_bytes, of_text

HEAD = 'rulebook x "X"\n  version 1.0.0\n'
TABLE = f"""{HEAD}fact level "Level" integer
table t "T"
  given level
  gives more integer
  | level | more |
"""


def codes(text):
    return [found.code for found in check_source(of_text("t", text)).diagnostics]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{HEAD}{' ' * MAX_BYTES}", "E005"),
        (f'{HEAD}gate g "G"\n  until {"not (" * 70}yes = yes{")" * 70}\n', "E007"),
        (f'{HEAD}fact a "A" choice {", ".join(f"o{n}" for n in range(MAX_LEXEMES))}\n', "E009"),
        (HEAD + "".join(f'fact f{n} "F" text\n' for n in range(MAX_DECLARATIONS + 1)), "E011"),
        (TABLE + "  | 1 | 2 |\n" * MOST_ROWS + "  | 1 | 2 |\n", "E428"),
        (f'{HEAD}fact a "A" integer default {"9" * 5000}\n', "E352"),
        (f'{HEAD}fact a "A" integer 1..{"9" * 5000}\n', "E352"),
        (f'{HEAD}fact a "A\u202e" text\n', "E006"),
        (f'{HEAD}fact а "Cyrillic" text\nfact a "Latin" text\n', "E209"),
    ],
    ids=[
        "bytes",
        "nesting",
        "words",
        "declarations",
        "rows",
        "digits",
        "bound",
        "direction",
        "look-alikes",
    ],
)
def test_each_bound_has_its_code(text, code):
    assert code in codes(text)


def test_of_a_line_with_too_many_words_no_more_are_told_apart_than_show_it():
    (row,) = rows("x " * 3 * MAX_LEXEMES)
    assert len(row.words) == MAX_LEXEMES + 1
    assert codes(f'{HEAD}{"x " * 3 * MAX_LEXEMES}\nfact a "A" integr\n') == ["E009", "E103"]


def test_of_many_problems_the_first_hundred_are_told():
    lines = "".join(f'fact f{number} "F" integr\n' for number in range(300))
    found = check_source(of_text("t", HEAD + lines)).diagnostics
    assert len(found) == MAX_PROBLEMS + 1
    assert found[1].code == "E103"
    last = found[-1]
    assert (last.code, last.severity, last.hint) == ("E010", "error", "E010.hint")
    assert last.primary.span.start > found[-2].primary.span.start
    assert (last.values["limit"], last.values["more"]) == (MAX_PROBLEMS, 300 - MAX_PROBLEMS)


def test_the_problems_of_one_long_part_are_counted_too():
    junk = "".join(f"  due (soon{number}\n  due last_day ][\n" for number in range(400))
    found = check_source(of_text("t", f'{HEAD}item a "A"\n{junk}')).diagnostics
    assert found[-1].code == "E010"
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1].values["more"] > 400


JUNK = "lorem ipsum dolor {} sit, amet ) [ when\n"
PASTED = "第{}条 员工离职应当在{}天之内提交书面申请，由部门负责人审批，人力资源部备案（含附件）。\n"


@pytest.mark.parametrize("line", [f"  {JUNK}", JUNK, PASTED], ids=["inside", "outside", "han"])
def test_what_is_pasted_is_one_problem_and_what_comes_behind_it_is_read(line, monkeypatch):
    """However much it is, lines behind the first fifty cost no search for what they mean."""
    mended = []
    searched = dsl_statements._repaired
    monkeypatch.setattr(
        dsl_statements, "_repaired", lambda *given: mended.append(1) or searched(*given)
    )
    junk = "".join(line.format(number, number) for number in range(400))
    found = check_source(of_text("t", f'{HEAD}{junk}fact a "A" text\nfact b "B" integr\n'))
    assert len(mended) <= 3 * MAX_UNREAD
    assert [each.code for each in found.diagnostics][:1] == ["E102"]
    assert found.diagnostics[-1].primary.span.start > len(junk)
    assert len(found.diagnostics) <= 3
    declared = [one.declaration for one in found.parsed.rulebook.parts]
    assert "a" in [one.id.text for one in declared if one is not None]


@pytest.mark.parametrize("word", ["x" * 200_000, "规" * 200_000, "`" + "y" * 200_000 + "`"])
def test_a_word_without_end_is_compared_with_nothing(word, monkeypatch):
    monkeypatch.setattr(SequenceMatcher, "set_seq2", _no_longer_than(1000))
    assert check_source(of_text("t", f"{HEAD}{word}\nitem {word}\n")).checked is None


def _no_longer_than(limit):
    whole = SequenceMatcher.set_seq2

    def set_seq2(self, words):
        assert len(words) < limit
        whole(self, words)

    return set_seq2


@pytest.mark.parametrize(
    "data",
    [
        "规则书 x".encode("utf-16"),
        f"{HEAD}# 规则".encode("utf-16-le"),
        b"%PDF-1.4\n\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 400,
        b"PK\x03\x04\x14\x00" + bytes(range(256)) * 400,
        f"{HEAD}fact a".encode() + b"\0" * 50_000,
        "规则书 离职".encode("gbk"),
    ],
    ids=["utf-16", "utf-16-le", "pdf", "xlsx", "nul", "gbk"],
)
def test_a_file_that_is_no_text_is_one_problem(data):
    (found,) = check_source(of_bytes("t", data)).diagnostics
    assert found.code in {"E001", "E002", "E003"}


@pytest.mark.parametrize("name", ["en", "zh"])
def test_two_megabytes_of_keywords_come_to_an_end(name):
    words = " ".join(dialect(name).written.values()) + "\n"
    data = (words * (MAX_BYTES // len(words.encode()))).encode()
    assert check_source(of_bytes("t", data)).checked is None


def test_a_line_of_one_sign_repeated_comes_to_an_end():
    for sign in ("(", '"', "`", ",", "not ", "。", "0", "when "):
        assert codes(HEAD + 'gate g "G"\n  until ' + sign * (MAX_TRIES * 30))
