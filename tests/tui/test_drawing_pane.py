"""A drawing that is larger than its pane: what is on the screen is a part of it, cell by cell."""

import asyncio

from textual.app import App

from engine.graph.layout import Box
from tui.widgets.drawing import DrawingPane

ROWS = (
    (("┌──┐", "node.item"), ("   ", "blank"), ("┌────┐", "node.item"), ("  ╎", "edge.reject")),
    (("│报│", "node.item"), ("───", "edge.flow"), ("│资料│", "node.item"), ("╌╌┘", "edge.reject")),
)
BOXES = (Box("one", "item", 0, 0, 4, 2), Box("two", "item", 7, 0, 6, 2))


def test_every_column_can_be_reached_and_the_picked_node_alone_is_turned_round() -> None:
    async def run() -> None:
        app: App[None] = App()
        async with app.run_test(size=(8, 3)) as pilot:
            pane = DrawingPane()
            await app.mount(pane)
            pane.show(ROWS, BOXES)
            pane.pick("two")
            await pilot.pause()
            pane.scroll_to(x=0, animate=False)
            await pilot.pause()
            assert seen(pane) == ["┌──┐   ┌", "│报│───│"]
            assert turned(pane) == ["┌", "│"]
            pane.scroll_to(x=99, animate=False)
            await pilot.pause()
            assert seen(pane) == ["────┐  ╎", "资料│╌╌┘"]
            assert turned(pane) == ["────┐", "资料│"]

    asyncio.run(run())


def seen(pane: DrawingPane) -> list[str]:
    return [pane.render_line(y).text for y in range(2)]


def turned(pane: DrawingPane) -> list[str]:
    """What is picked out of each line."""
    return [
        "".join(each.text for each in pane.render_line(y) if each.style and each.style.reverse)
        for y in range(2)
    ]
