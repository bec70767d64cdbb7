"""All changes from one model to another."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dsl.comparing.effects import EFFECTS, Change, change_of
from dsl.comparing.walk import differences
from dsl.model import Rulebook


def compare(old: Rulebook, new: Rulebook) -> tuple[Change, ...]:
    """What the new rulebook means otherwise, the worst first, then in the order of the text.

    The version is no change by itself, and neither is the dialect: both say the same in other words.
    """
    before = old if old.language == new.language else _told_in(new.language, old, old.language)
    found = (change_of(one) for one in differences(before, new))
    kept = [one for one in found if one.difference.field not in ("version", "language")]
    return tuple(sorted(kept, key=lambda one: EFFECTS.index(one.effects[0])))


def _told_in(language: str, value: Any, was: str) -> Any:  # noqa: ANN401 (any part of a model)
    """A model whose titles in the language of its dialect are in another, as `fmt --to` has them."""
    if type(value) is tuple:  # no duration
        return tuple(_told_in(language, one, was) for one in value)
    if not isinstance(value, Struct):
        return value
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    changed = {name: _told_in(language, each, was) for name, each in fields.items()}
    titles = changed.get("title")
    if isinstance(titles, dict) and was in titles and language not in titles:
        changed["title"] = {language if key == was else key: text for key, text in titles.items()}
    return replace(value, **changed)
