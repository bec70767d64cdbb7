"""What a form may offer: fields, with what stands in them and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from dsl import nodes
from dsl.catalogue import Language
from engine.desk.fields import FieldView
from engine.drafting.clauses import UNITS, nth
from engine.drafting.draft import Draft
from engine.texts import MESSAGES

Options = Iterable[tuple[str, str]]
"""What a field then holds, and what people read."""


class Ask:
    """Makes the fields of a form.

    Args:
        draft: the text; what it and its bases declare can be chosen.
        language: of the reader.
        values: what stands in the fields.
        kept: the lines that say more than the form can; it asks for none of them.
    """

    def __init__(
        self,
        draft: Draft,
        language: Language,
        values: Mapping[str, str],
        kept: frozenset[str] = frozenset(),
    ) -> None:
        self.draft = draft
        self.values = values
        self.kept = kept
        self._language = language

    def say(self, message: str) -> str:
        """A text of the catalogue."""
        return MESSAGES.say(self._language, message)

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.values.get(name, "")

    def named(self) -> Iterator[FieldView]:
        """A title and a short name."""
        yield self.text("title", needed=True)
        yield self.text("id")

    def into(self, kind: type[nodes.Declared]) -> Iterator[FieldView]:
        """What a line is put into, where there are several."""
        options = self.ids(kind, here=True)
        if len(options) > 1:
            yield self.choice("into", options)

    def text(self, name: str, *, needed: bool = False, title: str = "") -> FieldView:
        """A field that is typed into."""
        shown = title or self.say(f"drafting.field.{name}")
        return FieldView(name, shown, "text", needed, self.value(name))

    def choice(
        self, name: str, options: Options, *, needed: bool = False, title: str = ""
    ) -> FieldView:
        """A field that is chosen; what stands in it can be, whatever it is."""
        known = tuple(options)
        value = self.values.get(name, known[0][0] if known else "")
        if value not in dict(known):
            known = (*known, (value, value))
        shown = title or self.say(f"drafting.field.{name}")
        return FieldView(name, shown, "choice", needed, value, options=known)

    def time(self, number: int = 1) -> Iterator[FieldView]:
        """An amount with its unit, the `number`th of the form."""
        amount, unit = nth("amount", number), nth("unit", number)
        yield self.text(amount, title=self.say("drafting.field.amount"))
        if self.value(amount).strip():
            units = self.words("unit", tuple(UNITS))
            yield self.choice(unit, units, title=self.say("drafting.field.unit"))

    def several(self, name: str, options: Options) -> Iterator[FieldView]:
        """Choices of which there may be some: always one more."""
        known, title = tuple(options), self.say(f"drafting.field.{name}")
        for number in count(1):
            one = self.choice(nth(name, number), known, title=title)
            yield one
            if not one.value:
                return

    def truth(self) -> list[tuple[str, str]]:
        """Yes and no."""
        return [(one, self.say(f"drafting.{one}")) for one in ("yes", "no")]

    def words(self, group: str, values: Iterable[str]) -> list[tuple[str, str]]:
        """Choices that the catalogue has words for."""
        return [(one, self.say(f"drafting.{group}.{one}")) for one in values]

    def ids(self, kind: type[nodes.Declared], *, here: bool = False) -> list[tuple[str, str]]:
        """What is declared of a kind, with its titles; with `here` in this text alone."""
        return [(one.id.text, self.told(one)) for one in self.declared(kind, here=here)]

    def some(self, kind: type[nodes.Declared]) -> list[tuple[str, str]]:
        """What is declared of a kind, or none of it."""
        return [("", self.say("drafting.none")), *self.ids(kind)]

    def declared(
        self, kind: type[nodes.Declared], *, here: bool = False
    ) -> Iterator[nodes.Declared]:
        """The declarations of a kind; with `here` in this text alone."""
        return (one for one in declarations(self.draft, here=here) if isinstance(one, kind))

    def titled(self, one: nodes.Option | nodes.Field) -> str:
        """The title of an option or a field in the reader's language; its id where it has none."""
        titles = {each.language.text: each.text.text for each in one.titles}
        return titles.get(self._language, one.title.text if one.title else one.id.text)

    def told(self, one: nodes.Declared) -> str:
        """Its title in the reader's language, with its id where that says something else."""
        titles = {each.language.text: each.text.text for each in one.titles}
        title = titles.get(self._language, one.title.text)
        return title if title == one.id.text else f"{title} · {one.id.text}"


def declarations(draft: Draft, *, here: bool = False) -> Iterator[nodes.Declared]:
    """What the text declares, then what its bases do; with `here` the text alone."""
    own = [draft.parsed.rulebook] if draft.parsed.rulebook else []
    bases = [] if here else [layer.rulebook for layer in draft.layers[1:]]
    for rulebook in (*own, *bases):
        for part in rulebook.parts:
            if isinstance(part.declaration, nodes.Declared):
                yield part.declaration
