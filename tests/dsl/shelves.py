"""Shelves for tests: the rulebooks of folders, the nearest first, named by their files."""

from functools import cache
from pathlib import Path

from dsl.layers import Offer, Shelved
from dsl.parser import parse
from dsl.source import of_bytes, of_text

CASES = Path(__file__).parent.parent / "cases" / "layers"
SHARED = CASES / "shared"
LIBRARY = Path(__file__).parents[2] / "rulebooks"


def load(path):
    return of_bytes(path.name, path.read_bytes())


@cache
def _standing(folder):
    """The texts that come with the checkout, each with its id."""
    sources = map(load, sorted(folder.glob("*.rulebook")))
    return [(source, parse(source).rulebook.header.id.text) for source in sources]


def folders(*places):
    """The shelf of some folders."""

    def shelf(name, beside):
        known, offers = set(), []
        for number, folder in enumerate(places):
            for source, id_ in _standing(folder):
                known.add(id_)
                if id_ == name and source.name != beside.name:
                    offers.append(Offer(source, number))
        looked = tuple(folder.name for folder in places)
        return Shelved(tuple(offers), looked, tuple(sorted(known)))

    return shelf


def texts(**given):
    """The shelf of some texts, named by their ids."""
    sources = {name: of_text(f"{name}.rulebook", text) for name, text in given.items()}

    def shelf(name, _beside):
        offers = (Offer(sources[name], 0),) if name in sources else ()
        return Shelved(offers, ("here",), tuple(sources))

    return shelf
