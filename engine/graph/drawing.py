"""From a layout to rows of styled text. What a style looks like is the painter's business.

Styles: `node.KIND`, `mark.MARK` (a marked node, whole), `edge.KIND`, `label`, `blank`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from engine.graph.build import Graph
from engine.graph.canvas import Canvas, Row, Strokes
from engine.graph.glyphs import UNICODE, Frame, Glyphs, Mark
from engine.graph.labels import broken, cut, width
from engine.graph.layout import Box, Layout, Line
from engine.graph.placing import Bar, Size
from engine.graph.view import View

_BARS: dict[str, Bar] = {"fork": "over", "join": "under", "merge": "plain"}
_FLAT = frozenset({"stage", "start", "end"})
_DEPENDENCIES = frozenset({"after", "holds", "later"})


class Sheet(Struct, frozen=True):
    """What is written into and beside the boxes of one drawing.

    Attributes:
        lines: per node, its text in one row or more, cut and broken already.
        ways: the texts beside the two ways out of a choice, by kind of edge.
        conditional: nodes whose condition is decided on arrival; their border is dashed.
        glyphs: the set of characters.
    """

    lines: dict[str, tuple[str, ...]]
    ways: dict[str, str]
    conditional: frozenset[str]
    glyphs: Glyphs = UNICODE


def sheet(graph: Graph, texts: Mapping[str, str], limits: Mapping[str, int], view: View) -> Sheet:
    """Texts fitted to boxes.

    Args:
        graph: the graph to draw.
        texts: per node, as `engine.graph.labels.labels` gives them.
        limits: per node, cells of text in a row of its box at most; longer texts take up to three
            rows and are then cut.
        view: language and characters.
    """
    glyphs = view.glyphs
    lines = {
        node: (cut(texts[node], limits[node], glyphs.cut),)
        if graph.nodes[node]["kind"] in (*_FLAT, *_BARS)
        else broken(texts[node], limits[node], glyphs.cut)
        for node in graph
    }
    ways = {"then": view.texts("graph.then"), "otherwise": view.texts("graph.otherwise")}
    conditional = (node for node in graph if graph.nodes[node]["conditional"])
    return Sheet(lines, ways, frozenset(conditional), glyphs)


def size(kind: str, node: str, paper: Sheet) -> Size:
    """The room that a node needs with its border."""
    if kind in _BARS:
        return Size(5, 1, bar=_BARS[kind])
    rows = paper.lines[node]
    text = max(width(row) for row in rows)
    if kind in _FLAT:
        return Size(text + (6 if kind == "stage" else 5), 1)
    label = max(width(way) for way in paper.ways.values()) if kind == "choice" else 0
    return Size(text + 6, len(rows) + 2, label=label)


def draw(layout: Layout, paper: Sheet, marks: Mapping[str, Mark] | None = None) -> tuple[Row, ...]:
    """The drawing, every row exactly `layout.width` cells wide.

    Args:
        layout: made with `size` of the same sheet.
        paper: the texts.
        marks: where a case stands.
    """
    canvas = Canvas(layout.width, layout.height)
    strokes = Strokes()
    for line in layout.lines:
        strokes.draw(line.points, line.net, line.kind)
    strokes.paint(canvas, paper.glyphs)
    for box in layout.boxes:
        _put_box(canvas, box, paper, (marks or {}).get(box.id))
    by_id = {box.id: box for box in layout.boxes}
    for line in layout.lines:
        _put_ends(canvas, line, by_id, paper, marks or {})
    return canvas.rows()


def plain(rows: Sequence[Row]) -> str:
    """The drawing as text, without styles and without spaces at the ends of rows."""
    return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows) + "\n"


def _style(box: Box, mark: Mark | None) -> str:
    return f"mark.{mark}" if mark else f"node.{box.kind}"


def _put_box(canvas: Canvas, box: Box, paper: Sheet, mark: Mark | None) -> None:
    style = _style(box, mark)
    glyphs = paper.glyphs
    if box.kind in _BARS:
        left, middle, right = glyphs.bars[box.kind]
        canvas.put(box.x, box.y, left + middle * (box.width - 2) + right, style)
    elif box.kind in _FLAT:
        canvas.put(box.x, box.y, _flat(box, paper, mark), style)
    else:
        for y, row in enumerate(_framed(box, paper, mark), box.y):
            canvas.put(box.x, y, row, style)


def _flat(box: Box, paper: Sheet, mark: Mark | None) -> str:
    """A node of one row: a stage's heading, the start, an end."""
    glyphs, (text,) = paper.glyphs, paper.lines[box.id]
    room = box.width - width(text)
    if box.kind == "stage":
        rule = glyphs.heading * ((room - 2) // 2)
        left = glyphs.marks[mark] + rule[1:] if mark else rule
        return f"{left} {text} {rule}{' ' * (room % 2)}"
    sign = glyphs.marks[mark] if mark else glyphs.signs[box.kind]
    return f"{glyphs.ends[0]}{sign} {text}{' ' * (room - 4)}{glyphs.ends[1]}"


def _frame(node: str, paper: Sheet, mark: Mark | None) -> Frame:
    if mark == "here":
        return "here"
    return "conditional" if node in paper.conditional else "plain"


def _framed(box: Box, paper: Sheet, mark: Mark | None) -> Iterator[str]:
    """A box row by row: its border, and the text behind its mark and its sign."""
    glyphs = paper.glyphs
    nw, ne, se, sw, level, upright = glyphs.frames[_frame(box.id, paper, mark)]
    inside = box.width - 2
    lead = f"{glyphs.marks[mark] if mark else ' '}{glyphs.signs[box.kind]} "
    yield nw + level * inside + ne
    for row in paper.lines[box.id]:
        room = inside - len(lead) - width(row)
        yield f"{upright}{lead}{row}{' ' * room}{upright}"
        lead = "   "
    yield sw + level * inside + se


def _put_ends(
    canvas: Canvas,
    line: Line,
    boxes: Mapping[str, Box],
    paper: Sheet,
    marks: Mapping[str, Mark],
) -> None:
    """The port that a line leaves by, its arrow head, and the text beside it."""
    (x, y), (_, towards), *_ = line.points
    source = boxes[line.source]
    up = towards < y
    if source.kind not in _FLAT and source.kind not in _BARS:
        mark = marks.get(source.id)
        port = paper.glyphs.ports[_frame(source.id, paper, mark)][up]
        canvas.put(x, y, port, _style(source, mark))
    x, y = line.points[-1]
    rises = line.points[-2][1] > y
    head = paper.glyphs.heads[(2 if line.kind in _DEPENDENCIES else 0) + rises]
    canvas.put(x, y + 1 if rises else y - 1, head, f"edge.{line.kind}")
    if line.label and line.kind in paper.ways:
        text = paper.ways[line.kind]
        start = line.label.x - (width(text) - 1 if line.label.side == "left" else 0)
        canvas.put(start, line.label.y, text, "label")
