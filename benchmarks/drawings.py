"""What a drawing costs: to lay it out, to write its rows, and to paint a screen of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from statistics import median
from time import process_time
from typing import TypeVar

import networkx as nx
from msgspec import Struct
from textual.app import App

from engine.graph.build import Graph
from engine.graph.drawing import draw, sheet, size
from engine.graph.layout import Levels
from tui.shell import Shell
from tui.widgets.drawing import DrawingPane

T = TypeVar("T")
NODES = (25, 100, 300)
SCREEN = (160, 48)
TEXT = 20
"""Cells of text in a row of a box."""


class Drawn(Struct, frozen=True):
    """Medians of the rounds in milliseconds of processor time.

    Attributes:
        nodes: of the graph.
        rounds: that were measured.
        layout_ms: where everything stands.
        rows_ms: the rows of styled text.
        drawing_ms: both together: a graph has become a drawing.
        paint_ms: the lines of one screen of it, with one node picked out.
    """

    nodes: int
    rounds: int
    layout_ms: float
    rows_ms: float
    drawing_ms: float
    paint_ms: float


def measure(rounds: int) -> Iterator[Drawn]:
    """Each size once to warm up, then so often as there are rounds."""
    for nodes in NODES:
        times = [asyncio.run(_once(nodes)) for _ in range(rounds + 1)][1:]
        middle = (round(median(each) * 1e3, 2) for each in zip(*times, strict=True))
        yield Drawn(nodes, rounds, *middle)


async def _once(nodes: int) -> tuple[float, float, float, float]:
    graph = _process(nodes)
    view = Shell(None, "zh").drawing_view(None)
    paper = sheet(graph, view.labels(graph), dict.fromkeys(graph, TEXT), view)
    sizes = {node: size("item", node, paper) for node in graph}
    placed, plan = _timed(lambda: Levels(graph).layout(sizes))
    if plan is None:
        raise RuntimeError("a drawing of any width fits")
    written, rows = _timed(lambda: draw(plan, paper))
    app: App[None] = App()
    async with app.run_test(size=SCREEN) as pilot:
        pane = DrawingPane()
        await app.mount(pane)
        pane.show(rows, plan.boxes)
        pane.pick(plan.boxes[0].id)
        await pilot.pause()
        painted, _ = _timed(lambda: [pane.render_line(y) for y in range(SCREEN[1])])
    return placed, written, placed + written, painted


def _timed(do: Callable[[], T]) -> tuple[float, T]:
    begun = process_time()
    made = do()
    return process_time() - begun, made


def _process(nodes: int) -> Graph:
    """Items that split and go on; each node has a title of two rows."""
    graph: Graph = nx.DiGraph()
    for at in range(nodes):
        title = {"zh": f"项目移交 {at} 滨江二期主体结构资料"}
        graph.add_node(f"n{at}", kind="item", depth=0, title=title, many=False, conditional=False)
    for at in range(1, nodes):
        graph.add_edge(f"n{(at - 1) * 2 // 3}", f"n{at}", kind="flow")
    return graph


def table(found: Iterable[Drawn]) -> str:
    """A Markdown table."""
    lines = [
        "| nodes | layout, ms | rows, ms | together, ms | painting, ms |",
        "|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {one.nodes} | {one.layout_ms} | {one.rows_ms} | {one.drawing_ms} | {one.paint_ms} |"
        for one in found
    ]
    return "\n".join(lines) + "\n"
