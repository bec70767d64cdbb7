"""Forms over a small rulebook, filled in as a screen does it."""

from __future__ import annotations

from difflib import ndiff
from functools import cache
from pathlib import Path

from dsl.catalogue import Language
from dsl.formatter import format_source
from dsl.source import of_text
from engine.drafting.draft import Draft, Drafter
from engine.drafting.forms import asked, carried_out, form_at, lacking, new_form, refused
from engine.drafting.forms.shapes import Changed, DraftForm, FormKind

SMALL = Path("rulebooks/growing_company.rulebook").read_text("utf-8")
SMALL_ZH = format_source(of_text("x", SMALL), "zh").text or ""


@cache
def draft(text: str, language: Language = "en") -> Draft:
    return Drafter("x").draft(text, language)


def filled_in(before: Draft, form: DraftForm, answers: dict[str, str]) -> dict[str, str]:
    """The answers as a screen gathers them: field by field, for an answer may bring others up."""
    given: dict[str, str] = {}
    while True:
        fields = asked(before, form, given, "en")
        now = {one.id: answers.get(one.id, one.value) for one in fields}
        if now == given:
            assert set(answers) <= set(given)
            return given
        given = now


def made(before: Draft, form: DraftForm | None, answers: dict[str, str]) -> Changed:
    assert form is not None
    given = filled_in(before, form, answers)
    assert lacking(before, form, given) is None
    after = carried_out(before, form, given)
    assert refused(before, after, "en") is None
    return after


def add(text: str, kind: FormKind, **answers: str) -> Changed:
    before = draft(text)
    return made(before, new_form(before, kind, 0, "en"), answers)


def change(text: str, words: str, **answers: str) -> Changed:
    before = draft(text)
    return made(before, form_at(before, text.index(words), "en"), answers)


def different(before: str, after: str) -> list[str]:
    return [line for line in ndiff(before.split("\n"), after.split("\n")) if line[0] in "+-"]
