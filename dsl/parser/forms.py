"""How a line is written that could not be read: the forms of its kind that it is most like."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from msgspec import structs

from dsl.diagnostic import Diagnostic, Terms, Value
from dsl.parser.attempts import Context
from dsl.parser.lexemes import TEXT, Lexeme, scan

_FEW = 3
_TOLD = frozenset(("E102.hint", "E106.hint", "E112.hint"))
"""Advice that says nothing of what to write."""
_SAID = frozenset(("E102.things", "E102.kinds"))


def with_forms(wrong: Diagnostic, lexemes: Sequence[Lexeme], context: Context) -> Diagnostic:
    """The error with how such lines are written; what says that already stays as it is."""
    known = context.dialect.forms.get(context.start, ())
    if wrong.hint not in _TOLD or wrong.variant in _SAID or wrong.fix is not None or not known:
        return wrong
    forms, is_like = forms_like(lexemes, context)
    if not is_like and len(forms) < _FEW:
        return wrong
    values: dict[str, Value] = {"forms": Terms(tuple(f"`{form}`" for form in forms))}
    hint = f"{wrong.code}.{'form' if is_like else 'forms'}.hint"
    return structs.replace(wrong, values=wrong.values | values, hint=hint)


def forms_like(lexemes: Sequence[Lexeme], context: Context) -> tuple[Sequence[str], bool]:
    """The form that begins most as the line does, and True; the first ones where none does."""
    known = context.dialect.forms[context.start]
    # All heads begin with the keyword, and then a name that says nothing.
    skipped = 2 if context.start.endswith("_head") else 0
    words = [one.text for one in lexemes if one.kind != TEXT][skipped:]
    likeness = {form: _likeness(form, words, skipped) for form in known}
    form = max(known, key=likeness.__getitem__)
    return ([form], True) if any(likeness[form]) else (known[:_FEW], False)


def _likeness(form: str, words: Sequence[str], skipped: int) -> tuple[int, int]:
    """With how many words the form begins as the line does, and how many more they share.

    Lines that begin otherwise are not alike, but for those of which all begin alike.
    """
    said = [one.text for one in scan(form) if one.kind != TEXT][skipped:]
    pairs = zip(said, words, strict=False)
    begin = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return begin, len(set(said[begin:]) & set(words[begin:])) if begin or skipped else 0
