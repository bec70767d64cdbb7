"""The layers of a rulebook put together, from the lowest up, to the declarations of one rulebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Unpack, cast

from msgspec import Struct
from msgspec.structs import replace

from dsl import nodes
from dsl.diagnostic import Diagnostic, Label, Term, Value
from dsl.layers.adjusting import Wrong, adjusted
from dsl.layers.finals import loosens
from dsl.layers.keeping import Loss, losses
from dsl.layers.moving import moved
from dsl.layers.stack import Layer, Stack
from dsl.layers.trouble import More, label, trouble
from dsl.parser.assembly import CLASSES
from dsl.source import Source, Span
from dsl.texts import Texts

KIND_OF: Mapping[type, str] = {node: kind for kind, node in CLASSES.items()}
_INHERITED = ("jurisdiction", "calendar", "timezone", "currency", "maintained_by")
_TELLING = frozenset(("group", "resolvers", "when", "whenever", "body"))
"""Fields by which something final can lose its force."""
Key = tuple[str, str]
"""Kind and id; the audience has no id."""


class Gone(Struct, frozen=True):
    """A declaration that a layer has removed: where in all texts, and why."""

    span: Span
    because: str


class Tailored(Struct, frozen=True):
    """The id that a statement of tailoring names.

    Attributes:
        key: kind and id.
        span: where it stands, in all texts.
        declared: where a layer below declares it; None if none does.
        known: the ids of that kind in the layers below.
    """

    key: Key
    span: Span
    declared: Span | None
    known: tuple[str, ...]


class Composed(Struct, frozen=True):
    """One rulebook out of several layers.

    Attributes:
        rulebook: its nodes; spans are those of `texts`.
        texts: the layers.
        diagnostics: what cannot be tailored so.
        set_by: the line that set a field, where no node of the field tells it, by kind, id and field.
        gone: what layers have removed.
        tailored: what statements of tailoring name, in order of the layers, the lowest first.
    """

    rulebook: nodes.Rulebook
    texts: Texts
    diagnostics: tuple[Diagnostic, ...] = ()
    set_by: dict[tuple[str, str, str], Span] = {}
    gone: dict[Key, Gone] = {}
    tailored: tuple[Tailored, ...] = ()

    def declarations(self) -> Iterator[Key]:
        """The declarations of the whole; the kind of the header is `rulebook`."""
        if self.rulebook.header is not None:
            yield "rulebook", self.rulebook.header.id.text
        for part in self.rulebook.parts:
            if part.declaration is not None:
                yield key_of(KIND_OF[type(part.declaration)], part.declaration)

    def without(self, scenarios: frozenset[str]) -> Composed:
        """The same without scenarios, by their ids."""
        if not scenarios:
            return self
        kept = tuple(
            part
            for part in self.rulebook.parts
            if not isinstance(part.declaration, nodes.Scenario)
            or part.declaration.id.text not in scenarios
        )
        return replace(self, rulebook=replace(self.rulebook, parts=kept))

    def scenarios(self) -> Iterator[tuple[str, Source, Span]]:
        """The scenarios of all layers: id, text, place in that text."""
        for part in self.rulebook.parts:
            if isinstance(part.declaration, nodes.Scenario):
                (source, _), span = self.texts.find(part.at(part.declaration.span))
                yield part.declaration.id.text, source, span


def compose(stack: Stack, without: frozenset[Span] = frozenset()) -> Composed:
    """Puts the layers of a rulebook together.

    Args:
        stack: the layers.
        without: statements that are left out, by their place in all texts.
    """
    work = _Composition(stack, without)
    for at in reversed(range(len(stack.layers))):
        work.take(at)
    return work.result()


def key_of(kind: str, node: nodes.Declared) -> Key:
    """What a declaration is known by."""
    return kind, "" if kind == "audience" else node.id.text


class _Composition:
    """The declarations so far."""

    def __init__(self, stack: Stack, without: frozenset[Span]) -> None:
        self.stack = stack
        self.texts = stack.texts
        self.parts: list[nodes.Part | None] = []
        self.diagnostics: list[Diagnostic] = []
        self.set_by: dict[tuple[str, str, str], Span] = {}
        self.gone: dict[Key, Gone] = {}
        self.tailored: list[Tailored] = []
        self._without = without
        self._at: dict[Key, int] = {}
        self._header: nodes.Header | None = None

    def take(self, at: int) -> None:
        """Puts a layer on top."""
        layer, start = self.stack.layers[at], self.texts.starts[at]
        based = at + 1 < len(self.stack.layers)
        below = self._declared_so_far()
        if based:
            self._tailor(layer, start)
        elif not (layer.rulebook.header and layer.rulebook.header.extends):
            self._without_base(layer, start)
        for part in layer.rulebook.parts:
            self._declare(replace(part, start=part.start + start), based=based)
        self._inherit(layer, start)
        for loss in losses(below, self._declared_so_far()):
            self._lost(layer, start, loss)

    def result(self) -> Composed:
        """What has become of all layers."""
        top, *_ = self.stack.layers
        rulebook = replace(
            top.rulebook,
            header=self._header,
            parts=tuple(part for part in self.parts if part is not None),
            tailoring=(),
            based=bool(self.stack.diagnostics),
        )
        found = (*self.stack.diagnostics, *self.diagnostics)
        return Composed(rulebook, self.texts, found, self.set_by, self.gone, tuple(self.tailored))

    def _declare(self, part: nodes.Part, *, based: bool) -> None:
        node = part.declaration
        key = None if node is None else key_of(KIND_OF[type(node)], node)
        if key is None or node is None or key not in self._at:
            if key is not None:
                self._at[key] = len(self.parts)
            self.parts.append(part)
        elif based and self._is_below(key, part):
            values = self._named(key, node)
            self._wrong("E610", part.at(node.id.span), values, others=(self._declared(key),))
        else:
            self.parts.append(part)

    def _is_below(self, key: Key, part: nodes.Part) -> bool:
        """True if the declaration of a name is in a lower layer than a part."""
        known = self._part(key)
        here, there = (self.texts.find(one.at(Span(0, 0))).written for one in (part, known))
        return here is not there

    def _inherit(self, layer: Layer, start: int) -> None:
        header, below = layer.rulebook.header, self._header
        if header is None:
            return
        header = moved(header, start)
        if below is not None:
            self._keep_calendar(below.calendar, header.calendar)
            lacking = (name for name in _INHERITED if getattr(header, name) is None)
            header = replace(header, **{name: getattr(below, name) for name in lacking})
        self._header = header

    def _keep_calendar(self, was: nodes.Name | None, now: nodes.Name | None) -> None:
        """A final calendar is still that of the rulebook: all deadlines are counted by it."""
        key = ("calendar", was.text if was else "")
        declared = self._part(key).declaration if key in self._at else None
        if now and declared and declared.final and now.text != key[1]:
            self._final(key, declared, now.span, "line")

    def _without_base(self, layer: Layer, start: int) -> None:
        """There is nothing to tailor; the first statement of a layer tells it of all."""
        for one in layer.rulebook.tailoring[:1]:
            span = one.tailoring.span.shift(one.start + start)
            self._wrong("E607", span, self._named(_key(one.tailoring), one.tailoring))

    # ---- statements of one layer -----------------------------------------------------------------

    def _tailor(self, layer: Layer, start: int) -> None:
        done: dict[Key, Span] = {}
        own = {key_of(KIND_OF[type(d)], d) for p in layer.rulebook.parts if (d := p.declaration)}
        for one in layer.rulebook.tailoring:
            node = one.tailoring
            span, key = node.span.shift(one.start + start), _key(node)
            if span in self._without:
                continue
            at = node.id.span.shift(one.start + start)
            self._mention(key, at)
            if key in done:
                others = (label(self.texts, done[key], "E611.first"),)
                self._wrong("E611", at, self._named(key, node), others=others)
            elif key not in self._at:
                self._unknown(key, node, at, own)
            else:
                self._apply(layer, node, key, one.start + start)
            done.setdefault(key, at)

    def _mention(self, key: Key, at: Span) -> None:
        part = self._part(key) if key in self._at else None
        below = part.declaration if part is not None else None
        declared = part.at(below.id.span) if part is not None and below is not None else None
        known = tuple(one for of, one in self._at if of == key[0])
        self.tailored.append(Tailored(key, at, declared, known))

    def _apply(self, layer: Layer, node: nodes.Tailoring, key: Key, start: int) -> None:
        part = self._part(key)
        final = part.declaration is not None and part.declaration.final
        span = node.span.shift(start)
        if final and not isinstance(node, nodes.Adjust):
            self._final(key, node, span, "whole")
        elif isinstance(node, nodes.Remove):
            self._remove(node, key, span)
        elif isinstance(node, nodes.Replace):
            by = cast("nodes.Declaration", node.by)
            self.parts[self._at[key]] = nodes.Part(start, by)
        else:
            self._adjust(layer, node, key, start)

    def _remove(self, node: nodes.Remove, key: Key, span: Span) -> None:
        if node.because is None or not node.because.text.strip():
            self._wrong("E609", span, self._named(key, node))
        self.gone[key] = Gone(span, node.because.text if node.because else "")
        self.parts[self._at.pop(key)] = None

    def _adjust(self, layer: Layer, node: nodes.Adjust, key: Key, start: int) -> None:
        part = self._part(key)
        declaration = part.declaration
        if declaration is None:
            return
        seen = moved(node, start - part.start)
        if declaration.final:
            loose = [one for one in seen.changes if loosens(declaration, node.kind, one)]
            for one in loose:
                self._final(key, node, part.at(one.span), "line")
            seen = replace(seen, changes=tuple(one for one in seen.changes if one not in loose))
        title = self.texts.find(part.at(declaration.title.span)).written.dialect
        done = adjusted(declaration, seen, title, layer.rulebook.dialect)
        for wrong in done.wrong:
            self._line_wrong(part, key, wrong)
        for field, change in done.set_by.items():
            self.set_by[*key, field] = part.at(change.span)
        self.parts[self._at[key]] = replace(part, declaration=done.declaration)

    # ---- what is wrong ---------------------------------------------------------------------------

    def _line_wrong(self, part: nodes.Part, key: Key, wrong: Wrong) -> None:
        at = part.at(wrong.at.span)
        found = self.texts.find(at)
        line = found.written.source.original[slice(*found.span)]
        values = {**wrong.values, "kind": Term(f"kind.{key[0]}")}
        values["part"] = wrong.values["part"] or line.partition(" ")[2]
        others = (self._declared(key),)
        more: More = {"variant": wrong.variant, "near": wrong.near, "others": others}
        self._wrong(wrong.code, at, values, **more)

    def _final(self, key: Key, node: nodes.Declared, at: Span, variant: str) -> None:
        values = self._named(key, node)
        self._wrong("E613", at, values, variant=variant, others=(self._declared(key),))

    def _lost(self, layer: Layer, start: int, loss: Loss) -> None:
        """Something final has less force with a layer; the line that makes it so is told."""
        if loss.final not in self._at:
            return  # it is gone, which has been told
        kind, name = loss.final
        values: dict[str, Value] = {**loss.values, "name": name, "kind": Term(f"kind.{kind}")}
        found = (_statement(layer, key) for key in loss.by)
        at = next((one for one in found if one is not None), Span(0, 0)).shift(start)
        others = (self._declared(loss.final),)
        self._wrong("E613", at, values, variant=loss.how, others=others)

    def _declared_so_far(self) -> dict[Key, nodes.Declaration]:
        parts = {key: self._part(key).declaration for key in self._at}
        return {key: one for key, one in parts.items() if one is not None}

    def _unknown(self, key: Key, node: nodes.Tailoring, at: Span, own: set[Key]) -> None:
        """Says what has become of an id that the layers below do not have."""
        kind, name = key
        values = self._named(key, node)
        elsewhere = next((one for one in self._at if one[1] == name and name), None)
        if key in self.gone:
            gone = self.gone[key]
            values["because"] = gone.because
            others = (label(self.texts, gone.span, "E608.gone"),)
            self._wrong("E608", at, values, variant="gone", others=others)
        elif key in own:
            self._wrong("E608", at, values, variant="own")
        elif elsewhere is not None:
            values["other"] = Term(f"kind.{elsewhere[0]}")
            self._wrong("E608", at, values, variant="kind", others=(self._declared(elsewhere),))
        else:
            known = [one for of, one in self._at if of == kind]
            near = next(iter(get_close_matches(name, known, 1)), None)
            self._wrong("E608", at, values, near=near)

    def _named(self, key: Key, node: nodes.Declared) -> dict[str, Value]:
        return {"name": node.id.text, "kind": Term(f"kind.{key[0]}")}

    def _declared(self, key: Key) -> Label:
        part = self._part(key)
        at = part.declaration.id.span if part.declaration else Span(0, 0)
        return label(self.texts, part.at(at), "label.declared", {"name": key[1]})

    def _part(self, key: Key) -> nodes.Part:
        part = self.parts[self._at[key]]
        if part is None:
            raise KeyError(key)
        return part

    def _wrong(
        self, code: str, at: Span, values: Mapping[str, Value], **more: Unpack[More]
    ) -> None:
        self.diagnostics.append(trouble(self.texts, code, at, values, **more))


def _statement(layer: Layer, key: Key) -> Span | None:
    """Where a layer says something of a declaration: the line of an adjustment that can take from it."""
    for one in layer.rulebook.tailoring:
        if _key(one.tailoring) == key:
            return _line(one.tailoring).shift(one.start)
    for part in layer.rulebook.parts:
        if (
            part.declaration is not None
            and key_of(KIND_OF[type(part.declaration)], part.declaration) == key
        ):
            return part.at(part.declaration.id.span)
    return None


def _line(node: nodes.Tailoring) -> Span:
    changes = node.changes if isinstance(node, nodes.Adjust) else ()
    taken = (one for one in changes if one.verb == "remove")
    said = (one for one in changes if {each.field for each in one.said} & _TELLING)
    return next(taken, next(said, node)).span


def _key(node: nodes.Tailoring) -> Key:
    return key_of(node.kind, node)
