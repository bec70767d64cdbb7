"""Another name for what is declared: everywhere, and never one that something else needs."""

import pytest

from dsl.editor.renaming import renamed
from dsl.pipeline import check_source
from dsl.source import of_text

TEXT = """rulebook small "Small"
  version 1.0.0
fact last_day "Last day" date
role leaver "Leaver" is subject
role boss "Boss" is manager of leaver
role heir "Heir" is named by boss
item keys "Keys"
  from leaver to heir
access mail "Mail"
  revoke on last_day from leaver
  by boss within 2 hours
action talk "Talk"
  by boss within 2 days
approval consent "Consent"
  step boss
process leaving "Leaving"
  started by leaver
  managed by boss
  first approval consent
  then items
  then access mail
  then action talk
"""


def rename(old, new):
    """The text with another name in it, or why that cannot be."""
    names = check_source(of_text("small", TEXT)).names
    found = renamed(names, next(one for one in names.declared if one.id == old), new, "en")
    if isinstance(found, str):
        return found
    text = TEXT
    for edit in sorted(found, key=lambda one: one.span.start, reverse=True):
        text = f"{text[: edit.span.start]}{edit.text}{text[edit.span.end :]}"
    return text


@pytest.mark.parametrize("old", ["keys", "mail", "talk"])
@pytest.mark.parametrize("new", ["keys", "mail", "talk", "heir", "consent", "item", "两 把"])
def test_a_text_is_as_good_under_the_new_name_as_before(old, new):
    before = check_source(of_text("small", TEXT)).diagnostics
    assert [one for one in before if one.severity == "error"] == []
    text = rename(old, new)
    if new in ("keys", "mail", "talk", "heir"):
        assert text == "taken"
    else:
        after = check_source(of_text("small", text)).diagnostics
        assert [one.code for one in after] == [one.code for one in before]
