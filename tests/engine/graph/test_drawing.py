from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from wcwidth import wcswidth

from dsl.catalogue import Catalogue, Language
from engine.graph.build import build
from engine.graph.drawing import plain
from engine.graph.glyphs import ASCII, UNICODE, Glyphs, Mark
from engine.graph.labels import labels, visible
from engine.graph.outline import outline
from engine.graph.picture import picture
from engine.graph.view import View
from tests.engine.graph import tracing
from tests.engine.graph.samples import (
    CONSTRUCTION,
    GOLDEN,
    do,
    item,
    large_process,
    processes,
    rulebook,
)

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "graph"
CATALOGUE = Catalogue("engine", ROOT / "engine" / "locales")
MARKS: dict[str, Mark] = {
    "approval:resignation": "done",
    "step:resignation.manager": "done",
    "step:resignation.project": "skipped",
    "item:papers": "here",
    "item:projects": "overdue",
    "item:visits": "waiting",
    "gate:severance": "closed",
}


def view(language: Language = "zh", columns: int | None = None, glyphs: Glyphs = UNICODE) -> View:
    return View(language, lambda message: CATALOGUE.say(language, message), columns, glyphs)


def golden(name: str, text: str) -> None:
    """Compare with the golden file; BATON_GOLDEN=write writes it anew, to be read before a commit."""
    file = CASES / name
    if os.environ.get("BATON_GOLDEN") == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [80, 160])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_drawing_is_the_golden_one(name: str, language: Language, columns: int) -> None:
    drawing = picture(build(GOLDEN[name]), view(language, columns))
    assert drawing is not None
    golden(f"{name}.{language}.{columns}.txt", plain(drawing.rows))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_ascii_drawing_with_marks_is_the_golden_one(language: Language) -> None:
    drawing = picture(build(CONSTRUCTION), view(language, 100, ASCII), MARKS)
    assert drawing is not None
    golden(f"construction.{language}.ascii.txt", plain(drawing.rows))


def test_drawing_with_marks_is_the_golden_one() -> None:
    drawing = picture(build(CONSTRUCTION), view(columns=100), MARKS)
    assert drawing is not None
    golden("construction.zh.marks.txt", plain(drawing.rows))
    styles = {segment.style for row in drawing.rows for segment in row}
    assert {"mark.here", "mark.overdue", "mark.closed", "edge.return", "label"} <= styles


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_outline_is_the_golden_one(name: str, language: Language) -> None:
    golden(f"{name}.{language}.outline.txt", plain(outline(build(GOLDEN[name]), view(language))))


def test_outline_keeps_to_the_columns_and_names_every_node_with_a_text() -> None:
    graph = build(CONSTRUCTION)
    rows = outline(graph, view(columns=30), MARKS)
    assert all(wcswidth("".join(segment.text for segment in row)) <= 30 for row in rows)
    text = plain(outline(graph, view()))
    assert all(label in text for label in labels(graph, "zh", view().texts).values())


def test_a_drawing_that_cannot_fit_is_none() -> None:
    assert picture(build(CONSTRUCTION), view(columns=30)) is None


def test_titles_are_data() -> None:
    book = rulebook(do("items"), items=(item("odd", "\x1b[31m{x}\u202e[/red]\n%s"),))
    drawing = picture(build(book), view())
    assert drawing is not None
    text = plain(drawing.rows)
    assert "‹001B›[31m{x}‹202E›[/red]‹000A›%s" in text
    assert visible("张三") == "张三"


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(processes())
def test_every_edge_is_drawn_and_none_is_invented(book) -> None:
    check(book)


@pytest.mark.long
@pytest.mark.parametrize("least", [140, 180, 220, 240, 260, 280, 290, 295])
def test_every_edge_is_drawn_in_processes_of_up_to_three_hundred_nodes(least: int) -> None:
    check(large_process(least, least, 300))


def check(book) -> None:
    graph = build(book)
    drawing = picture(graph, view())
    assert drawing is not None
    for row in drawing.rows:
        assert sum(wcswidth(segment.text) for segment in row) == drawing.layout.width
    taken: set[tuple[int, int]] = set()
    for box in drawing.layout.boxes:
        area = {(box.x + i, box.y + j) for i in range(box.width) for j in range(box.height)}
        assert not area & taken
        taken |= area
    assert tracing.edges(drawing.rows, drawing.layout) == set(graph.edges)
    assert_no_text_is_cut_without_a_sign(graph, drawing)
    assert picture(graph, view()) == drawing


def assert_no_text_is_cut_without_a_sign(graph, drawing) -> None:
    sheet = tracing.cells(drawing.rows)
    texts = labels(graph, "zh", view().texts)
    for box in drawing.layout.boxes:
        shown = "".join(
            "".join(sheet[y][box.x + 1 : box.x + box.width - 1])
            for y in range(box.y, box.y + box.height)
        )
        letters = texts[box.id].replace(" ", "")
        signs = UNICODE.cut in shown
        assert signs or not letters or contains(shown, letters)


def contains(shown: str, letters: str) -> bool:
    """True if the letters stand in the box in their order, whatever frame stands between them."""
    rest = iter(shown)
    return all(letter in rest for letter in letters)
