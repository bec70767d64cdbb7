"""What a line that cannot be read is told with is how such lines are written."""

import pytest

from dsl.dialects import NAMES, dialect
from dsl.parser.attempts import Context, attempted
from dsl.parser.lexemes import scan
from dsl.parser.statements import KINDS
from dsl.pipeline import check_source
from dsl.source import of_text


@pytest.mark.parametrize("name", NAMES)
def test_every_form_is_one_that_can_be_read(name):
    known = dialect(name)
    unread = [
        (start, form)
        for start, forms in known.forms.items()
        for form in forms
        if not attempted(list(scan(form)), Context("forms", known, start)).values
    ]
    assert unread == []


def test_every_kind_of_declaration_has_forms_of_its_lines():
    lines = {f"{kind}_line" for kind in KINDS.values()}
    assert lines <= dialect("en").forms.keys()


def test_both_dialects_have_the_same_forms():
    en, zh = (dialect(name).forms for name in NAMES)
    assert {kind: len(forms) for kind, forms in en.items()} == {
        kind: len(forms) for kind, forms in zh.items()
    }


@pytest.mark.parametrize(
    ("line", "forms"),
    [
        ("count keys", ('`count keys "Keys" against keys_issued, difference signed by hr`',)),
        (
            "whoever has a car returns it",
            (
                "`from leaver to hr`",
                "`due 3 working days before last_day`",
                '`provide notes "Notes" text`',
            ),
        ),
    ],
)
def test_a_line_is_told_with_the_form_that_it_is_like_or_with_those_wanted_most(line, forms):
    text = f'rulebook a "A"\n  version 1.0.0\nitem keys "Keys"\n  {line}\n'
    found = check_source(of_text("a", text)).diagnostics
    told = [one.values["forms"].parts for one in found if "forms" in one.values]
    assert told == [forms]
