"""Reads a drawing back: which boxes do its lines join? It knows characters, not the layout's lines."""

from __future__ import annotations

from engine.graph.canvas import Row
from engine.graph.glyphs import EAST, NORTH, SOUTH, UNICODE, UPRIGHT, WEST
from engine.graph.labels import clusters
from engine.graph.layout import Box, Layout

_MOVES = {NORTH: (0, -1), SOUTH: (0, 1), EAST: (1, 0), WEST: (-1, 0)}
_BACK = {NORTH: SOUTH, SOUTH: NORTH, EAST: WEST, WEST: EAST}
_PIECES = {glyph: mask for mask, glyph in UNICODE.joints.items()} | {
    stroke: mask
    for level, upright in UNICODE.strokes.values()
    for stroke, mask in ((level, EAST | WEST), (upright, UPRIGHT))
}
_HEADS = dict.fromkeys(UNICODE.heads, UPRIGHT)


def cells(rows: tuple[Row, ...]) -> list[list[str]]:
    """One entry per cell; the second cell of a wide sign is empty."""
    sheet = []
    for row in rows:
        line: list[str] = []
        for segment in row:
            for cluster, width in clusters(segment.text):
                line += [cluster, *[""] * (width - 1)]
        sheet.append(line)
    return sheet


def edges(rows: tuple[Row, ...], layout: Layout) -> set[tuple[str, str]]:
    """Every pair (source, target) that a line of the drawing joins."""
    return _Tracer(cells(rows), layout.boxes).run()


class _Tracer:
    def __init__(self, sheet: list[list[str]], boxes: tuple[Box, ...]) -> None:
        self.sheet = sheet
        self.owner = {
            (x, y): box.id
            for box in boxes
            for x in range(box.x, box.x + box.width)
            for y in range(box.y, box.y + box.height)
        }
        self.seen: set[tuple[int, int, bool]] = set()

    def run(self) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        for y, row in enumerate(self.sheet):
            for x, sign in enumerate(row):
                if (x, y) in self.owner or (x, y, True) in self.seen:
                    continue
                if sign in _PIECES or sign in _HEADS:
                    sources, targets = self._net(x, y)
                    assert len(sources) == 1 or len(targets) == 1, (x, y)
                    found |= {(source, target) for source in sources for target in targets}
        return found

    def _net(self, x: int, y: int) -> tuple[set[str], set[str]]:
        sources: set[str] = set()
        targets: set[str] = set()
        todo = [(x, y, True)]
        while todo:
            x, y, upright = todo.pop()
            if (x, y, upright) in self.seen:
                continue
            self.seen.add((x, y, upright))
            for direction in self._ways(x, y, upright=upright):
                end_x, end_y = x + _MOVES[direction][0], y + _MOVES[direction][1]
                box = self.owner.get((end_x, end_y))
                if box is None:
                    self._follow(todo, end_x, end_y, direction)
                elif self._enters(x, y, direction):
                    targets.add(box)
                else:
                    sources.add(box)
        return sources, targets

    def _ways(self, x: int, y: int, *, upright: bool) -> list[int]:
        sign = self.sheet[y][x]
        if sign == UNICODE.cross:
            mask = UPRIGHT if upright else EAST | WEST
        else:
            mask = _HEADS.get(sign) or _PIECES[sign]
        return [direction for direction in _MOVES if mask & direction]

    def _follow(self, todo: list[tuple[int, int, bool]], x: int, y: int, direction: int) -> None:
        sign = self.sheet[y][x]
        assert sign in _PIECES or sign in _HEADS or sign == UNICODE.cross, (x, y, sign)
        upright = sign != UNICODE.cross or direction in (NORTH, SOUTH)
        assert _BACK[direction] in self._ways(x, y, upright=upright), (x, y, sign)
        todo.append((x, y, upright))

    def _enters(self, x: int, y: int, direction: int) -> bool:
        sign = self.sheet[y][x]
        down, up, open_down, open_up = UNICODE.heads
        return sign in ((down, open_down) if direction == SOUTH else (up, open_up))
