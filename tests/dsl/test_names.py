"""Every name in a text is found again: what it stands for, and where else that stands."""

from pathlib import Path

import pytest

from dsl.parser import parse, tokens
from dsl.pipeline import check_source
from dsl.resolve.rulebook import resolve
from dsl.source import of_bytes, of_text
from dsl.texts import Texts, Written

ROOT = Path(__file__).parents[2]
TEXTS = [*sorted((ROOT / "rulebooks").glob("*.rulebook"))]

TEXT = """\
rulebook small "Small"
  version 1.0.0

record customer "Customer"
  code text
  name text
  key code

fact customers "Customers" list of customer
role manager "Manager" is manager of leaver
role leaver "Leaver" is subject

item files "Files"
  for each one in customers where one.name != "x"
  from leaver to manager
  provide note "Note" text
  accepted when item.note = "ok"

approval yes "Yes"
  step leaver
  step manager as last
  on reject back to step leaver

process main "Main"
  started by leaver
  managed by manager
  first approval yes
  then item files
"""


def names_in(text):
    return check_source(of_text("t", text)).names


def where(text, kind, id_):
    names = names_in(text)
    found = [each for each in (*names.declared, *names.uses) if (each.kind, each.id) == (kind, id_)]
    return [(text.count("\n", 0, each.span.start) + 1, text[slice(*each.span)]) for each in found]


def test_every_place_of_a_name_is_found():
    assert check_source(of_text("t", TEXT)).checked is not None
    assert where(TEXT, "role", "leaver") == [
        (11, "leaver"), (10, "leaver"), (15, "leaver"), (20, "leaver"), (22, "leaver"), (25, "leaver"),
    ]  # fmt: skip
    assert where(TEXT, "variable", "item.files.one") == [(14, "one"), (14, "one")]
    assert where(TEXT, "field", "customer.name") == [(6, "name"), (14, "name")]
    assert where(TEXT, "field", "customer.code") == [(5, "code"), (7, "code")]
    assert where(TEXT, "part", "files.note") == [(16, "note"), (17, "note")]
    assert where(TEXT, "item", "files") == [(13, "files"), (28, "files")]


def test_a_name_is_found_at_an_offset_and_at_its_end():
    names = names_in(TEXT)
    start = TEXT.index("step leaver") + len("step ")
    for offset in (start, start + 3, start + len("leaver")):
        found = names.at(offset)
        assert (found.kind, found.id) == ("role", "leaver")
        assert names.declaration(found).span.start == TEXT.index("role leaver") + len("role ")
    assert names.at(TEXT.index("step leaver")) is None


def test_an_unknown_name_comes_with_those_that_could_stand_there():
    def unknown(before, after):
        (found,) = names_in(TEXT.replace(before, after, 1)).unknown
        return found.kind, found.candidates

    assert unknown("then item files", "then item x") == ("item", ("files",))
    assert unknown("item.note", "item.x") == ("part", ("note",))
    assert unknown("one.name", "one.x") == ("part", ("code", "name"))
    assert unknown("one.name", "x.name") == (
        "value",
        ("one", "customers", "manager", "leaver", "files"),
    )
    assert unknown("to step leaver", "to step x") == ("step", ("leaver", "last"))


def test_names_of_a_wrong_text_are_found_as_far_as_they_go():
    assert where(TEXT.replace("then item files", "then item file"), "item", "files") == [
        (13, "files")
    ]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_name_of_a_declaration_stays_unknown(path):
    source = of_bytes(path.name, path.read_bytes())
    rulebook = parse(source).rulebook
    resolved = resolve(Texts((Written(source, rulebook.dialect),)), rulebook)
    names = (*resolved.names.declared, *resolved.names.uses)
    known = {name.span for name in names} | resolved.words
    ids = {name.id.rpartition(".")[2] for name in names}
    header = source.original.index("\n\n")
    unknown = [
        token.text
        for token in tokens(source)
        if token.kind == "NAME" and token.span not in known and token.span.start > header
    ]
    typed = [fact.type for fact in resolved.checked.rulebook.facts]
    typed += [one.type for item in resolved.checked.rulebook.items for one in item.contents]
    options = {option.id for type_ in typed for option in getattr(type_, "options", ())}
    assert set(unknown) & ids <= options
