"""The layers of a rulebook: its own text, that of its base, the base of that, and so on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Unpack

from msgspec import Struct

from dsl import nodes
from dsl.diagnostic import Diagnostic, Terms, Value
from dsl.layers.ranges import Range, range_of, version_of
from dsl.layers.shelf import Offer, Shelf, Shelved
from dsl.layers.trouble import More, label, trouble
from dsl.parser import Parsed
from dsl.source import Source
from dsl.texts import Texts, Written

MAX_LAYERS = 8
"""Base, industry, group, company, site: more is a mistake."""
Read = Callable[[Source], Parsed]


class Layer(Struct, frozen=True):
    """One text of a rulebook."""

    source: Source
    parsed: Parsed
    rulebook: nodes.Rulebook

    @property
    def version(self) -> str:
        """The version that its header says."""
        header = self.rulebook.header
        return header.version.text if header and header.version else "0.0.0"

    @property
    def id(self) -> str:
        """The id that its header says."""
        return self.rulebook.header.id.text if self.rulebook.header else ""


class Stack(Struct, frozen=True):
    """The layers of a rulebook, the uppermost first.

    Attributes:
        layers: as many of them as could be found and read, at least the first.
        diagnostics: why there are no more of them.
        unread: the base that was found and cannot be read.
    """

    layers: tuple[Layer, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    unread: tuple[Source, ...] = ()

    @property
    def texts(self) -> Texts:
        """The texts of the layers."""
        return Texts(tuple(Written(one.source, one.rulebook.dialect) for one in self.layers))


def stack(first: Layer, shelf: Shelf, read: Read) -> Stack:
    """Finds the base of a text, the base of that, and so on.

    Args:
        first: the text.
        shelf: finds texts by name.
        read: reads a text.
    """
    layers = [first]
    while (extends := _extends(layers[-1])) is not None:
        found = _Search(layers, extends, shelf, read).base()
        if isinstance(found, Diagnostic):
            return Stack(tuple(layers), (found,))
        wrong = [one for one in found.parsed.diagnostics if one.severity == "error"]
        if wrong:
            return Stack(tuple(layers), tuple(wrong), (found.source,))
        layers.append(found)
    return Stack(tuple(layers))


def _extends(layer: Layer) -> nodes.Extends | None:
    return layer.rulebook.header.extends if layer.rulebook.header else None


class _Search:
    """The search for the base of the lowest layer so far."""

    def __init__(
        self, layers: Sequence[Layer], extends: nodes.Extends, shelf: Shelf, read: Read
    ) -> None:
        self._layers = layers
        self._extends = extends
        self._shelf = shelf
        self._read = read
        self._texts = Texts(tuple(Written(one.source, one.rulebook.dialect) for one in layers))
        self._values: dict[str, Value] = {
            "base": extends.base.text, "range": extends.range.text, "layer": layers[-1].id,
        }  # fmt: skip

    def base(self) -> Layer | Diagnostic:
        """The nearest place's highest version in the range, or why there is none."""
        wanted = range_of(self._extends.range.text)
        if wanted is None:
            return self._wrong("E602", self._extends.range)
        turned = next((one for one in self._layers if one.id == self._extends.base.text), None)
        if turned is not None:
            return self._circle(turned)
        if len(self._layers) == MAX_LAYERS:
            return self._wrong("E606", self._extends, {"limit": MAX_LAYERS})
        shelved = self._shelf(self._extends.base.text, self._layers[-1].source)
        found = [(offer, layer) for offer in shelved.offers if (layer := self._layer(offer))]
        if not found:
            return self._nothing(shelved)
        return self._chosen(wanted, found)

    def _layer(self, offer: Offer) -> Layer | None:
        parsed = self._read(offer.source)
        if parsed.rulebook is None:
            return None
        layer = Layer(offer.source, parsed, parsed.rulebook)
        return layer if layer.id == self._extends.base.text else None

    def _chosen(self, wanted: Range, found: list[tuple[Offer, Layer]]) -> Layer | Diagnostic:
        fitting = [
            (offer.place, version, layer)
            for offer, layer in found
            if (version := version_of(layer.version)) is not None and wanted.meets(version)
        ]
        if not fitting:
            versions = Terms(tuple(f"{layer.version} ({layer.source.name})" for _, layer in found))
            return self._wrong("E603", self._extends.range, {"versions": versions})
        nearest = min(place for place, _, _ in fitting)
        highest = max(version for place, version, _ in fitting if place == nearest)
        same = [one for place, version, one in fitting if (place, version) == (nearest, highest)]
        if len(same) > 1:
            files = Terms(tuple(one.source.name for one in same))
            return self._wrong("E604", self._extends, {"version": same[0].version, "files": files})
        return same[0]

    def _nothing(self, shelved: Shelved) -> Diagnostic:
        name = self._extends.base
        near = next(iter(get_close_matches(name.text, shelved.known, 1)), None)
        looked = Terms(tuple(shelved.looked) or ("—",))
        values: dict[str, Value] = {"looked": looked, "files": Terms(tuple(shelved.unread))}
        variant = "unread" if shelved.unread else None
        return self._wrong("E601", name, values, near=near, variant=variant)

    def _circle(self, turned: Layer) -> Diagnostic:
        way = [one.id for one in self._layers[self._layers.index(turned) :]]
        others = tuple(
            label(self._texts, one.span.shift(self._texts.starts[at]), "E605.way")
            for at, layer in enumerate(self._layers[:-1])
            if (one := _extends(layer)) is not None
        )
        return self._wrong(
            "E605", self._extends, {"way": " → ".join([*way, way[0]])}, others=others
        )

    def _wrong(
        self,
        code: str,
        at: nodes.Node,
        values: Mapping[str, Value] = {},
        **more: Unpack[More],
    ) -> Diagnostic:
        span = at.span.shift(self._texts.starts[-1])
        return trouble(self._texts, code, span, {**self._values, **values}, **more)
