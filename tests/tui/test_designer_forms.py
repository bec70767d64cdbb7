"""A rulebook grows by forms and begins from a shipped one, without a word of the language being typed."""

from pathlib import Path

import pytest

from dsl.catalogue import Language
from tests.tui.designing import SMALL, Studio, design
from tui.acts import ACT_KEYS
from tui.widgets.fields import FormField

FILE = "small.rulebook"


async def fill(studio: Studio, field: str, text: str) -> None:
    """Type into a text field of the form, or choose what a choice holds under that text."""
    one = next(one for one in studio.app.screen.query(FormField) if one.field.id == field)
    entry = one.query_one(".entry")
    entry.focus()
    if one.field.options:
        entry.highlighted = [value for value, _ in one.field.options].index(text)
        await studio.rest()
    else:
        await studio.write(text)


@pytest.mark.parametrize(
    ("language", "size"),
    [
        ("en", (160, 48)),
        pytest.param("zh", (160, 48), marks=pytest.mark.long),
        pytest.param("zh", (80, 24), marks=pytest.mark.long),
    ],
)
def test_an_item_is_added_with_a_form_and_stands_in_the_drawing(
    tmp_path: Path, language: Language, size: tuple[int, int]
) -> None:
    async def script(studio: Studio) -> None:
        await studio.press("ctrl+n", "i")
        await studio.press("ctrl+s")
        assert studio.written == SMALL
        await fill(studio, "title", "Lamp [/red]")
        await fill(studio, "id", "lamp")
        await fill(studio, "giver", "leaver")
        await studio.press("ctrl+s")
        assert studio.written == SMALL  # nobody receives it
        await fill(studio, "receiver", "office")
        await studio.press("ctrl+s")
        assert '\nitem lamp "Lamp [/red]"\n  from leaver to office\n' in studio.written
        assert studio.codes == []
        assert "item:lamp" in studio.designer.draft.sketch.nodes
        line = studio.designer.editor.cursor_location[0]
        assert studio.written.split("\n")[line].startswith("item lamp")
        await studio.press("f6", "u")
        assert studio.written == SMALL
        await studio.press("ctrl+y")
        assert "item lamp" in studio.written

    design(tmp_path / FILE, script, text=SMALL, language=language, size=size)


def test_a_condition_is_picked_from_lists_and_asks_for_what_belongs_to_it(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        def shown() -> set[str]:
            return {one.field.id for one in studio.app.screen.query(FormField)}

        studio.put_cursor("item work_in_progress")
        await studio.press("ctrl+r")
        assert {"what1"} == {one for one in shown() if one[-1].isdigit()}
        await fill(studio, "what1", "fact:last_day")
        await fill(studio, "how1", ">")
        await fill(studio, "value1", "2026-01-01")
        await fill(studio, "what2", "fact:laptop")
        assert {"value1", "value2", "what3"} <= shown()
        assert "how2" not in shown()
        await fill(studio, "what2", "")
        assert not {"value2", "what3"} & shown()
        await studio.press("ctrl+s")
        assert "\n  applies when last_day > 2026-01-01\n" in studio.written

    design(tmp_path / FILE, script, text=SMALL)


def test_what_would_be_wrong_in_the_text_is_told_in_the_form(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        studio.put_cursor("item work_in_progress")
        await studio.press("ctrl+n", "c")
        await fill(studio, "title", "Documents")
        await studio.press("ctrl+s")
        assert "E202" in studio.text
        assert studio.written == SMALL
        await fill(studio, "id", "papers")
        assert "E202" not in studio.text
        await studio.press("ctrl+s")
        assert '\n  provide papers "Documents" text\n' in studio.written

    design(tmp_path / FILE, script, text=SMALL)


def test_a_reminder_is_changed_where_it_stands(tmp_path: Path) -> None:
    text = SMALL.replace("before due by email", "before due by email  # early")

    async def script(studio: Studio) -> None:
        studio.put_cursor("remind giver")
        await studio.press("ctrl+r")
        await fill(studio, "channel", "wecom")
        await studio.press("ctrl+s")
        assert studio.written == text.replace("by email  # early", "by wecom  # early")

    design(tmp_path / FILE, script, text=text)


def test_the_help_lists_what_can_be_done_there(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        for keys in ((), ("ctrl+n", "r")):
            await studio.press(*keys, "f1")
            words = studio.app.screen._lines
            acts = {studio.app.shell.act(act) for act in ACT_KEYS}
            assert not acts & {text for _, text in words}
            assert (
                studio.app.shell.say("help.dismiss" if keys else "help.try") in dict(words).values()
            )
            await studio.press("escape")

    design(tmp_path / FILE, script, text=SMALL)


def test_what_no_form_can_say_is_left_to_the_text(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        studio.put_cursor("process leaving")
        await studio.press("ctrl+r")
        assert "change it in the text" in studio.told
        assert studio.written == SMALL

    design(tmp_path / FILE, script, text=SMALL)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_new_text_begins_with_a_whole_rulebook_that_is_chosen(
    tmp_path: Path, language: Language
) -> None:
    async def script(studio: Studio) -> None:
        await studio.press("1")
        assert studio.codes == []
        assert studio.designer.draft.sketch is not None
        assert studio.designer.draft.dialect == language
        assert not (tmp_path / "new.rulebook").exists()
        await studio.press("ctrl+z", "ctrl+o", "3")
        assert studio.written == SMALL
        await studio.press("ctrl+s")
        assert (tmp_path / "new.rulebook").read_text() == SMALL

    design(tmp_path / "new.rulebook", script, language=language)


def test_a_new_text_can_begin_with_nothing(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        assert {"small_company", "software_leaving", "工程离职交接"} <= set(studio.text.split())
        assert "E101" not in studio.text
        await studio.press("escape")
        assert studio.codes == []
        assert studio.app.shell.say("design.blank") in studio.text
        await studio.press("ctrl+n")
        assert "small_company" in studio.text
        await studio.press("escape")
        await studio.write("rule")
        assert studio.codes[0] == "E101"
        assert studio.written == "rule"

    design(tmp_path / "new.rulebook", script)


def test_a_text_that_is_there_is_not_replaced_by_another_rulebook(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        await studio.write("# mine\n")
        mine = studio.designer.editor.text
        await studio.press("ctrl+o", "3")
        assert studio.app.screen.editor.text == SMALL
        assert studio.designer.editor.text == mine

    design(tmp_path / FILE, script, text=SMALL)


def test_texts_without_a_name_are_set_aside_each_by_itself(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        await studio.press("escape", *"abc", "ctrl+o", "3")
        assert studio.app.screen.editor.text == SMALL
        await studio.app.screen.set_aside()
        await studio.press("escape", "d")
        assert studio.app.screen is studio.designer
        await studio.press("escape", "escape")

    design(None, script)
    (kept,) = tmp_path.glob(".*.unsaved")
    assert kept.read_text() == "abc"
