"""The process beside the text: drawn as the text changes, one selection for both, folding, outline."""

from pathlib import Path

import pytest

from dsl.catalogue import Language
from engine.graph.glyphs import ASCII
from tests.tui.designing import SMALL, Studio, design

FILE = "small.rulebook"
LAMP = """
item lamp "Lamp"
  from leaver to office
  due last_day
"""


def drawn(studio: Studio) -> str:
    """All rows of the drawing, also those that are scrolled away."""
    draft = studio.designer.draft
    assert draft is not None
    assert draft.sketch is not None
    return "\n".join("".join(part.text for part in row) for row in draft.sketch.rows)


def test_the_drawing_follows_the_text_and_stays_with_a_mark_while_that_is_wrong(
    tmp_path: Path,
) -> None:
    async def script(studio: Studio) -> None:
        assert "▤ Customers" in studio.text
        editor = studio.designer.editor
        editor.become(SMALL.replace("\naccess accounts", f"{LAMP}\naccess accounts"))
        await studio.rest()
        assert "Lamp" in drawn(studio)
        editor.become(studio.written.replace('"Lamp"', '"Lantern"'))
        await studio.rest()
        assert "▤ Lantern" in drawn(studio)
        assert "before the errors" not in studio.text
        editor.become(studio.written.replace('"Lantern"', '"Lantern" nonsense'))
        await studio.rest()
        assert studio.codes
        assert "▤ Lantern" in drawn(studio)
        assert "▲ as it was before the errors" in studio.text
        editor.become(SMALL)
        await studio.rest()
        assert "Lantern" not in drawn(studio)
        assert "before the errors" not in studio.text

    design(tmp_path / FILE, script, text=SMALL)


@pytest.mark.parametrize(
    ("words", "node"),
    [
        ("provide open_tasks", "item:work_in_progress"),
        ("on reject return", "approval:resignation"),
        ("step manager within", "step:resignation.manager"),
        ('stage handover "', "stage:handover"),
        ("then together", "fork:1"),
        ("revoke on last_day", "access:accounts"),
        ("due 5 working days", "item:customers"),
    ],
)
def test_the_declaration_at_the_cursor_is_picked_out_in_the_drawing(
    tmp_path: Path, words: str, node: str
) -> None:
    async def script(studio: Studio) -> None:
        studio.put_cursor(words)
        await studio.rest()
        picked = studio.designer.sketch.drawing.picked
        assert picked == node

    design(tmp_path / FILE, script, text=SMALL)


def test_choosing_in_the_drawing_moves_the_cursor_even_while_the_text_is_wrong(
    tmp_path: Path,
) -> None:
    async def script(studio: Studio) -> None:
        sketch = studio.designer.draft.sketch
        await studio.press("f6")
        seen = []
        for _ in sketch.boxes:
            await studio.press("n")
            node = studio.designer.sketch.drawing.picked
            seen.append(node)
            line = studio.designer.editor.cursor_location[0]
            place = sketch.nodes[node]
            assert SMALL[: place.start].count("\n") == line
        assert sorted(seen) == sorted(box.id for box in sketch.boxes)
        studio.designer.editor.become(f"# one more\n{SMALL.replace('version', 'verzion')}")
        await studio.rest()
        assert studio.designer.draft.is_stale
        while studio.designer.sketch.drawing.picked != "item:equipment":
            await studio.press("n")
        line = studio.designer.editor.cursor_location[0]
        assert studio.written.split("\n")[line].startswith("item equipment")

    design(tmp_path / FILE, script, text=SMALL)


def test_stages_and_branches_fold_and_unfold(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        await studio.press("f6", "z")
        assert "⊞ Handover ⋯4" in drawn(studio)
        assert "Customers" not in drawn(studio)
        await studio.press("z")
        assert "Customers" in drawn(studio)
        while studio.designer.sketch.drawing.picked != "fork:2":
            await studio.press("n")
        await studio.press("space")
        assert "Customers" not in drawn(studio)
        assert "Mail and shared" in drawn(studio)

    design(tmp_path / FILE, script, text=SMALL)


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Laptop and keys"), ("zh", "Laptop and keys")]
)
def test_a_narrow_terminal_has_tabs_and_an_outline(
    tmp_path: Path, language: Language, word: str
) -> None:
    async def script(studio: Studio) -> None:
        assert "▤" not in studio.text
        await studio.press("f6")
        assert f"▤ {word}" in studio.text
        assert "item customers" not in studio.text
        assert studio.designer.draft.sketch.is_outline
        await studio.press("n", "n", "o")
        assert not studio.designer.draft.sketch.is_outline
        assert max(map(len, studio.lines)) <= 80

    design(tmp_path / FILE, script, text=SMALL, language=language, size=(80, 24))


def test_plain_signs_tell_the_kinds_apart(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        await studio.press("f6", "z")
        assert "+ Handover" in drawn(studio)

    design(tmp_path / FILE, script, text=SMALL, glyphs=ASCII)


def test_titles_that_would_act_are_text_in_the_drawing(tmp_path: Path) -> None:
    hostile = SMALL.replace('"Customers"', '"[@click=app.quit]C[/] \x1b[31m"')

    async def script(studio: Studio) -> None:
        assert studio.codes == []
        await studio.press("f6", "o")
        assert "[@click=app.quit]C[/] ‹001B›[31m" in drawn(studio)
        assert "\x1b" not in studio.text

    design(tmp_path / FILE, script, text=hostile)
