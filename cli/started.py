"""The scenario that a new rulebook starts with: that of its base, told in the language of the file.

What a scenario says is data of the base's author. Where that is in another language, titles of what it
is said of stand in for it, the same one for the same text, so that the scenario plays as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from msgspec.structs import replace

from cli.texts import MESSAGES
from dsl import nodes
from dsl.catalogue import Language
from dsl.expressions.uses import walk
from dsl.layers import Composed
from dsl.model import Rulebook

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_LATIN_WORDS = re.compile(r"[^\W\d_]{2}")
_CODE = re.compile(r"[\d@/\\_]|\.\w")
"""Numbers, addresses and names of files are the same in every language."""
_KEPT = ("group", "code", "must_fail")
"""Fields of lines that name something outside the scenario."""


def started(composed: Composed, base: Rulebook, scenario: str, language: Language) -> Composed:
    """The whole with a scenario told in a language.

    Args:
        composed: the layers of the base.
        base: their model.
        scenario: its id.
        language: of the new file.
    """
    telling = _Telling(composed, base, scenario, language)
    parts = tuple(
        replace(part, declaration=telling.scenario(part.declaration))
        if isinstance(part.declaration, nodes.Scenario) and part.declaration.id.text == scenario
        else part
        for part in composed.rulebook.parts
    )
    return replace(composed, rulebook=replace(composed.rulebook, parts=parts))


class _Telling:
    """The texts of one scenario, and what stands for them."""

    def __init__(
        self, composed: Composed, base: Rulebook, scenario: str, language: Language
    ) -> None:
        self._language = language
        self._titles = dict(_titled(base, language))
        self._own = language in next(one.title for one in base.scenarios if one.id == scenario)
        declared = (part.declaration for part in composed.rulebook.parts)
        others = [one for one in declared if one and not isinstance(one, nodes.Scenario)]
        # What the rules compare with, whom they name: another text would mean something else.
        self._kept = {one.text for one in walk(tuple(others)) if isinstance(one, nodes.Text)}
        self._instead: dict[tuple[str, str], str] = {}

    def scenario(self, found: nodes.Scenario) -> nodes.Scenario:
        """The scenario with other texts, and with a title if it has none in the language."""
        lines = tuple(self._told(one) for one in found.lines)
        if self._own:
            return replace(found, lines=lines)
        title = replace(found.title, text=self._say("new.first"))
        return replace(found, lines=lines, title=title, titles=())

    def _told(self, value: Any, of: str = "", *, alone: bool = False) -> Any:  # noqa: ANN401 (any part of it)
        """A part with its texts told otherwise.

        Args:
            value: the part.
            of: the id of what its texts are said of.
            alone: the same text elsewhere has nothing to do with it, as what an item holds.
        """
        if isinstance(value, tuple):
            return tuple(self._told(one, of, alone=alone) for one in value)
        if isinstance(value, nodes.Text):
            return replace(value, text=self._text(value.text, of, of if alone else ""))
        if not isinstance(value, nodes.Node) or isinstance(value, nodes.Name):
            return value
        of = _about(value) or of
        fields = {
            name: self._told(
                getattr(value, name), "" if name == "text" else of, alone=alone or name == "content"
            )
            for name in value.__struct_fields__
            if name not in (*_KEPT, "span")
        }
        return replace(value, **fields)

    def _text(self, text: str, of: str, key: str) -> str:
        if text in self._kept or not _is_foreign(text, self._language):
            return text
        if (key, text) not in self._instead:
            self._instead[key, text] = self._new(of) + PurePath(text).suffix
        return self._instead[key, text]

    def _new(self, of: str) -> str:
        """A title that stands for no other text; what somebody says of an act needs no name."""
        if not of:
            return self._say("new.said")
        title, taken = self._titles.get(of) or self._say("new.sample"), self._instead.values()
        numbered = (f"{title} {number}" for number in range(2, len(taken) + 3))
        return title if title not in taken else next(one for one in numbered if one not in taken)

    def _say(self, message: str) -> str:
        return MESSAGES.say(self._language, message)


def _about(node: nodes.Node) -> str | None:
    """What the texts of a part of a scenario are said of."""
    match node:
        case nodes.Entry():
            return node.name.text
        case nodes.GivenPerson():
            return node.role.text
        case nodes.Act(target=nodes.Target(name=name)):
            return name.text
        case _:
            return None


def _titled(base: Rulebook, language: Language) -> Iterator[tuple[str, str]]:
    """The titles in the language of whatever has an id, by that."""
    for one in walk(base):
        title: Mapping[str, str] | None = getattr(one, "title", None)
        if title and language in title and hasattr(one, "id"):
            yield one.id, title[language]


def _is_foreign(text: str, language: Language) -> bool:
    """True if a text is surely in the other language."""
    if language == "en":
        return _HAN.search(text) is not None
    return not (_HAN.search(text) or _CODE.search(text)) and bool(_LATIN_WORDS.search(text))
