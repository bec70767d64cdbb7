"""The designer's editor: coloured and judged by the compiler while typing, mended, formatted, kept."""

from pathlib import Path
from threading import Event

import pytest

from dsl.catalogue import Language
from dsl.formatter import format_source
from dsl.source import of_text
from engine.drafting.draft import Draft, Drafter
from tests.tui.designing import SMALL, Studio, design

FILE = "small.rulebook"


def test_a_problem_is_told_while_it_is_typed_and_mended_with_one_key(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        assert studio.codes == []
        studio.put_cursor("approval resignation")
        await studio.write("xx")
        assert studio.codes == ["E103"]
        assert "E103" in studio.text
        await studio.press("f4")
        assert studio.written == SMALL
        assert studio.codes == []

    design(tmp_path / FILE, script, text=SMALL)


def test_keys_are_taken_while_a_check_runs_and_the_newest_text_is_the_one_that_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, judged = Event(), []
    plain = Drafter.draft

    def slow(self: Drafter, text: str, language: Language) -> Draft:
        going.wait(60)
        judged.append(text)
        return plain(self, text, language)

    monkeypatch.setattr(Drafter, "draft", slow)

    async def script(studio: Studio) -> None:
        studio.designer.editor.go_to(0)
        judged.clear()
        for key in "abcdef":
            await studio.pilot.press(key)
        assert studio.written.startswith("abcdef#")
        assert judged == []
        going.set()
        await studio.rest()
        assert len(judged) == 2
        assert judged[-1] == studio.written
        assert studio.designer.is_fresh

    going.set()
    design(tmp_path / FILE, holding(going, script), text=SMALL)


def test_a_check_that_takes_long_is_said_to_run_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = Event()
    plain = Drafter.draft

    def slow(self: Drafter, text: str, language: Language) -> Draft:
        going.wait(60)
        return plain(self, text, language)

    async def script(studio: Studio) -> None:
        say = studio.designer.shell.say
        monkeypatch.setattr("tui.screens.designer.PATIENCE_SECONDS", 0.01)
        monkeypatch.setattr(Drafter, "draft", slow)
        studio.designer.editor.go_to(0)
        await studio.pilot.press("x", "f8")
        while say("design.checking") not in studio.told:
            await studio.pilot.pause(0.01)
        assert say("design.no_problems") not in studio.told
        going.set()
        await studio.rest()
        assert studio.codes == ["E101"]

    going.clear()
    design(tmp_path / FILE, holding(going, script), text=SMALL)


def holding(going: Event, script):
    """Let the first draft through, and hold those that come after it."""

    async def run(studio: Studio) -> None:
        going.clear()
        try:
            await script(studio)
        finally:
            going.set()

    return run


@pytest.mark.parametrize(("language", "size"), [("en", (160, 48)), ("zh", (80, 24))])
def test_problems_are_gone_through_and_listed(
    tmp_path: Path, language: Language, size: tuple[int, int]
) -> None:
    wrong = SMALL.replace("from leaver to office", "from leaver to nobody_there").replace(
        "by office within 2 hours", "by nobody_else within 2 hours"
    )

    async def script(studio: Studio) -> None:
        assert len(studio.codes) == 2
        places = []
        for key in ("f8", "f8", "f8", "shift+f8"):
            await studio.press(key)
            places.append(studio.designer.editor.cursor_location[0])
        first, second = places[:2]
        assert first < second
        assert places == [first, second, first, second]
        await studio.press("f6", "f6")
        assert studio.text.count("E2") >= 2
        await studio.press("home", "enter")
        assert studio.designer.editor.has_focus
        assert studio.designer.editor.cursor_location[0] == first

    design(tmp_path / FILE, script, text=wrong, language=language, size=size)


def test_the_text_is_formatted_and_turned_into_the_other_dialect_each_as_one_step(
    tmp_path: Path,
) -> None:
    rough = SMALL.replace("  due last_day\n", "due    last_day  # the day itself\n")

    async def script(studio: Studio) -> None:
        await studio.press("f7")
        assert studio.written == format_source(of_text("x", rough)).text
        assert "  due last_day  # the day itself" in studio.written
        await studio.press("ctrl+t")
        assert studio.written == format_source(of_text("x", rough), "zh").text
        assert studio.codes == []
        await studio.press("ctrl+z")
        assert "rulebook growing_company" in studio.written
        await studio.press("ctrl+z")
        assert studio.written == rough
        await studio.press("ctrl+y")
        assert "  due last_day  # the day itself" in studio.written

    design(tmp_path / FILE, script, text=rough)


def test_a_text_that_cannot_be_formatted_stays_and_it_is_said_why(tmp_path: Path) -> None:
    wrong = SMALL.replace("first approval resignation", "first approval approval resignation")

    async def script(studio: Studio) -> None:
        assert studio.codes
        await studio.press("f7")
        assert studio.written == wrong
        assert "Mend this first" in studio.told

    design(tmp_path / FILE, script, text=wrong)


def test_saving_writes_the_file_and_leaving_asks_about_what_is_not_saved(tmp_path: Path) -> None:
    file = tmp_path / FILE

    async def script(studio: Studio) -> None:
        studio.designer.editor.go_to(0)
        await studio.write("# ")
        assert file.read_text() == SMALL
        assert "(not saved)" in studio.text
        await studio.press("ctrl+s")
        assert file.read_text() == f"# {SMALL}"
        assert "(not saved)" not in studio.text
        await studio.write("more ")
        await studio.press("escape")
        assert "save, then leave" in studio.text
        await studio.press("escape")
        assert studio.app.is_running
        await studio.press("ctrl+q", "s")
        await studio.ends()
        assert file.read_text() == f"# more {SMALL}"

    design(file, script, text=SMALL)


@pytest.mark.parametrize(("name", "answer"), [(FILE, "r"), (FILE, "d"), (None, "escape")])
def test_what_was_typed_outlives_its_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str | None, answer: str
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / name if name else None
    was = SMALL if file else ""

    async def first(studio: Studio) -> None:
        if file is None:
            await studio.press("escape")
        studio.designer.editor.go_to(0)
        await studio.write("# mine ")
        await studio.designer.set_aside()

    async def then(studio: Studio) -> None:
        assert studio.designer.shell.say("design.aside.title") in studio.text
        await studio.designer.set_aside()
        await studio.press(answer)
        assert studio.written == (was if answer == "d" else f"# mine {was}")
        if answer != "d":
            await studio.press("ctrl+z")
            assert studio.written == was
        await studio.designer.set_aside()

    design(file, first, text=SMALL if file else None)
    (kept,) = tmp_path.glob(".*.unsaved")
    assert kept.stat().st_mode & 0o777 == 0o600
    design(file, then)
    assert not kept.exists()


def test_what_was_typed_can_be_thrown_away(tmp_path: Path) -> None:
    file = tmp_path / FILE

    async def script(studio: Studio) -> None:
        await studio.write("x")
        await studio.press("escape", "d")
        await studio.ends()

    design(file, script, text=SMALL)
    assert file.read_text() == SMALL


@pytest.mark.parametrize("answer", ["r", "k"])
def test_a_file_that_somebody_else_wrote_is_noticed_and_asked_about(
    tmp_path: Path, answer: str
) -> None:
    file = tmp_path / FILE
    theirs = f"# theirs\n{SMALL}"

    async def script(studio: Studio) -> None:
        studio.designer.editor.go_to(0)
        await studio.write("# mine")
        mine = studio.written
        file.write_text(theirs)
        await studio.press("ctrl+s")
        assert file.read_text() == theirs
        assert "keep what stands here" in studio.text
        await studio.press(answer)
        if answer == "r":
            assert studio.written == theirs
            await studio.press("ctrl+z")
            assert studio.written == mine
        else:
            assert studio.written == mine
            await studio.press("ctrl+s")
            assert file.read_text() == mine

    design(file, script, text=SMALL)


def test_a_new_text_gets_its_name_when_it_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def script(studio: Studio) -> None:
        await studio.press("escape")
        assert studio.codes == []
        await studio.write('rulebook a "A"')
        await studio.press("ctrl+s")
        await studio.write("new.rulebook\n")
        assert (tmp_path / "new.rulebook").read_text() == 'rulebook a "A"'

    design(None, script)


def test_letters_are_letters_in_the_editor(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        studio.designer.editor.go_to(0)
        await studio.write("?:/hjklqd 离职")
        assert studio.written.startswith("?:/hjklqd 离职#")

    design(tmp_path / FILE, script, text=SMALL)


HOSTILE = (
    '# \x1b[31mred\x1b[0m [@click=app.quit]x[/] \u202eevil [/red]\nrulebook a "[bold]\x07A[/]"\n'
)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
def test_hostile_text_is_shown_as_text_and_kept_as_it_is(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    file = tmp_path / "[@click=app.quit]\u202ex[red].rulebook"

    async def script(studio: Studio) -> None:
        assert studio.written == HOSTILE
        shown = studio.text
        assert not {"\x1b", "\u202e", "\x07"} & set(shown)
        assert "[@click=app.quit]x[/]" in shown
        assert "␛[31mred" in shown
        await studio.press("ctrl+s", "f6")
        assert studio.designer.shell.say("design.undrawn") in studio.text
        await studio.press("f6", "f6")
        assert file.read_bytes() == HOSTILE.encode()
        await studio.press("f4")
        assert studio.written == HOSTILE.replace("\u202e", "")

    design(file, script, text=HOSTILE, size=size)


def test_colours_come_from_the_tokens_of_the_compiler(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        draft = studio.designer.draft
        assert draft is not None
        line = SMALL.split("\n").index('item customers "Customers"')
        assert [piece.tone for piece in draft.colours[line]] == ["declares", "name", "text"]
        words = studio.designer.editor.get_line(line)
        assert [words.plain[span.start : span.end] for span in words.spans] == [
            "item",
            "customers",
            '"Customers"',
        ]

    design(tmp_path / FILE, script, text=SMALL)
