"""Nothing that somebody can type is too much: every size has its bound, and a diagnostic of its own."""

import pytest

from dsl.dialects import dialect
from dsl.parser.attempts import MAX_TRIES
from dsl.parser.parts import MAX_PROBLEMS
from dsl.parser.reading import MAX_DECLARATIONS
from dsl.parser.statements import MAX_LEXEMES
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


def test_of_many_problems_the_first_hundred_are_told():
    lines = "".join(f'fact f{number} "F" integr\n' for number in range(300))
    found = check_source(of_text("t", HEAD + lines)).diagnostics
    assert len(found) == MAX_PROBLEMS + 1
    assert found[1].code == "E103"
    last = found[-1]
    assert (last.code, last.severity, last.hint) == ("E010", "error", "E010.hint")
    assert last.primary.span.start > found[-2].primary.span.start


def test_one_part_without_end_stops_too():
    junk = "".join(f"  due (soon{number}\n  due last_day ][\n" for number in range(400))
    found = codes(f'{HEAD}item a "A"\n{junk}')
    assert found[-1] == "E010"
    assert len(found) <= MAX_PROBLEMS + 1


@pytest.mark.parametrize("name", ["en", "zh"])
def test_two_megabytes_of_keywords_come_to_an_end(name):
    words = " ".join(dialect(name).written.values()) + "\n"
    data = (words * (MAX_BYTES // len(words.encode()))).encode()
    assert check_source(of_bytes("t", data)).checked is None


def test_a_line_of_one_sign_repeated_comes_to_an_end():
    for sign in ("(", '"', "`", ",", "not ", "。", "0", "when "):
        assert codes(HEAD + 'gate g "G"\n  until ' + sign * (MAX_TRIES * 30))
