"""What stands in the boxes: titles in the reader's language, cut or broken to a width in cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from wcwidth import iter_graphemes, wcswidth

if TYPE_CHECKING:
    from engine.graph.build import Graph

BLOCKS = range(0x2500, 0x25A0)
"""Box-drawing characters and blocks: one cell wide wherever they are drawn."""
Texts = Callable[[str], str]
"""The text of a message id in the reader's language, from the engine's catalogue."""


def labels(
    graph: Graph, language: str, texts: Texts, own: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The text of every node that has one, uncut.

    Args:
        graph: as built.
        language: the reader's language; a title that lacks it is shown in its first language.
        texts: the messages `graph.*`.
        own: better texts for some nodes, say the words of a condition as they are written.
    """
    better = own or {}
    return {
        node: visible(better.get(node) or _label(data, language, texts))
        for node, data in graph.nodes(data=True)
    }


def _label(data: Mapping[str, object], language: str, texts: Texts) -> str:
    titles = data["title"]
    title = ""
    if isinstance(titles, dict) and titles:
        title = titles.get(language) or next(iter(titles.values()))
    match data["kind"]:
        case "folded":
            kind = data["was"]
            whole = _label({**data, "kind": kind}, language, texts)
            return f"{whole or texts('graph.together')} ⋯{data['hidden']}"
        case "end":
            return texts(f"graph.end.{data['ref']}")
        case "revise":
            return f"{texts('graph.revise')} · {title}"
        case "choice":
            return title or texts("graph.choice")
        case "wait":
            return f"{texts('graph.wait')} · {title}" if title else texts("graph.wait")
        case "fork" | "join" | "merge":
            return ""
        case _:
            return f"{title} ×n" if data["many"] else title


def visible(text: str) -> str:
    """The text with control, bidi and other unseen characters shown as their code point."""
    if text.isprintable():
        return text
    return "".join(
        f"‹{ord(character):04X}›" if _unseen(character) else character for character in text
    )


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def width(text: str) -> int:
    """Cells that a visible text takes in a terminal."""
    if text.isascii() and text.isprintable():
        return len(text)
    return _cells(text)


class _Terminal:
    """What the terminal of this process is like."""

    ambiguous: Literal[1, 2] = 1


def draw_ambiguous(width: Literal[1, 2]) -> None:
    """Say how wide the terminal draws signs of ambiguous width, Greek letters and “…” among them."""
    _Terminal.ambiguous = width
    clusters.cache_clear()
    spread.cache_clear()
    _cells.cache_clear()


@lru_cache(4096)
def _cells(text: str) -> int:
    return sum(cells for _, cells in clusters(text))


@lru_cache(8192)
def clusters(text: str) -> tuple[tuple[str, int], ...]:
    """What a terminal shows as one sign each, with its width in cells (0, 1 or 2).

    Told once: what stands in lists and boxes is said again and again.
    """
    if text.isascii() and text.isprintable():
        return tuple((letter, 1) for letter in text)
    return tuple((cluster, max(0, _width(cluster))) for cluster in iter_graphemes(text))


@lru_cache(4096)
def spread(text: str) -> tuple[str, ...]:
    """The text cell by cell: nothing in the second one of a wide sign."""
    found: list[str] = []
    for cluster, cells in clusters(text):
        if not cells and found:
            found[-1] += cluster
        else:
            found += (cluster, *[""] * (cells - 1))
    return tuple(found)


def _width(cluster: str) -> int:
    ambiguous = 1 if ord(cluster[0]) in BLOCKS else _Terminal.ambiguous
    return wcswidth(cluster, ambiguous_width=ambiguous)


def cut(text: str, limit: int, sign: str) -> str:
    """The text, or as much of it as fits into `limit` cells with the sign that it was cut."""
    if width(text) <= limit:
        return text
    return _head(text, limit - width(sign)).rstrip() + sign


def broken(text: str, limit: int, sign: str, rows: int = 3) -> tuple[str, ...]:
    """The text in rows of about the same width, the last one cut if it still does not fit."""
    lines: list[str] = []
    rest = text.strip()
    while width(rest) > limit and len(lines) < rows - 1:
        left = min(rows - len(lines), -(-width(rest) // limit))
        # A wide sign may just miss the even share, hence the cell more.
        share = min(limit, -(-width(rest) // left) + 1)
        line = _head(rest, share)
        line = _whole_words(line, rest, limit)
        lines.append(line.rstrip())
        rest = rest[len(line) :].strip()
    return (*lines, cut(rest, limit, sign))


def longest_word(text: str) -> int:
    """The width of the longest run of letters of an alphabet; Chinese can be parted anywhere."""
    longest = current = 0
    for sign in text:
        current = current + 1 if _is_letter(sign) else 0
        longest = max(longest, current)
    return longest


def _head(text: str, limit: int) -> str:
    taken, used = "", 0
    for cluster, cells in clusters(text):
        if used + cells > limit:
            break
        taken += cluster
        used += cells
    return taken


def _whole_words(line: str, text: str, limit: int) -> str:
    """The end of the line moved to a space nearby, so that no word of an alphabet is parted."""
    if not _joined(text, len(line)):
        return line
    later = text.find(" ", len(line))
    if 0 < later <= len(_head(text, limit)):
        return text[:later]
    earlier = line.rfind(" ")
    return line[:earlier] if earlier > 0 else line


def _is_letter(sign: str) -> bool:
    return sign.isalnum() and width(sign) == 1


def _joined(text: str, place: int) -> bool:
    around = text[place - 1 : place + 1]
    return len(around) == 2 and all(_is_letter(sign) for sign in around)  # noqa: PLR2004
