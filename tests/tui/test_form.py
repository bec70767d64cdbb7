"""A form tells what is wrong with a field while it is filled in, and never keeps anybody waiting."""

from threading import Event

import pytest
from textual.widgets import Input

from dsl.catalogue import Language
from tests.engine.sample.company import Player
from tests.tui.driving import Terminal, drive
from tui.acts import ACT_KEYS
from tui.screens.filling import PAUSE_SECONDS, FormScreen
from tui.widgets.fields import FormField


@pytest.fixture
def player() -> Player:
    return Player().resigned()


def told(terminal: Terminal, name: str) -> bool:
    """Whether something is told under a field, and stands on the screen too."""
    field = field_of(terminal, name)
    below = field.query_one(".wrong")
    return field.is_wrong and str(below.content)[:20] in terminal.text


def field_of(terminal: Terminal, name: str) -> FormField:
    return next(one for one in terminal.app.screen.query(FormField) if one.field.id == name)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_field_is_judged_when_it_is_left_and_again_as_it_is_mended(
    player: Player, language: Language
) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("o", "enter")
        field_of(terminal, "grade").query_one(".entry").focus()
        await terminal.write("99")
        await terminal.press("tab")
        assert told(terminal, "grade")
        await terminal.press("shift+tab", "backspace")
        assert not field_of(terminal, "grade").is_wrong
        assert not field_of(terminal, "last_day").is_wrong

    drive(player.service, "H1", script, language=language, size=(100, 60))


def test_a_field_is_judged_when_typing_pauses(player: Player) -> None:
    assert PAUSE_SECONDS <= 1

    async def script(terminal: Terminal) -> None:
        await terminal.press("o", "enter")
        form = terminal.app.screen
        field_of(terminal, "last_day").query_one(".entry").focus()
        await terminal.write("2026-02-30")
        assert form._pause is not None
        form._pause._callback()
        await terminal.rest()
        assert told(terminal, "last_day")

    drive(player.service, "H1", script, size=(100, 60))


def test_typing_goes_on_while_a_field_is_judged(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("o", "enter")
        busy = Event()
        form = terminal.app.screen
        waits = terminal.app.run_worker(terminal.app.shell.ask(lambda _desk: busy.wait(20)))
        entry = field_of(terminal, "grade").query_one(".entry", Input)
        entry.focus()
        form.judge()
        await terminal.pilot.press("9", "9")
        assert entry.value.endswith("99")
        assert not waits.is_finished
        busy.set()
        form.judge()
        await terminal.rest()
        assert told(terminal, "grade")

    drive(player.service, "H1", script, size=(100, 60))


def test_a_judgement_that_comes_when_the_form_has_been_left_is_of_no_use_and_does_no_harm(
    player: Player,
) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("o", "enter")
        field = field_of(terminal, "grade")
        await field.query("*").remove()
        field.tell("too high")
        await terminal.press("escape")
        assert not isinstance(terminal.app.screen, FormScreen)

    drive(player.service, "H1", script)


@pytest.mark.parametrize("size", [(80, 24), (100, 60)])
def test_a_form_that_lacks_something_leads_to_where_it_is_lacking(
    player: Player, size: tuple[int, int]
) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("o", "enter")
        fields = [one for one in terminal.app.screen.query(FormField) if one.is_lacking]
        fields[-1].query_one(".entry").focus()
        await terminal.press("ctrl+s")
        first = fields[0]
        assert terminal.app.focused is first.query_one(".entry")
        title = next(at for at, line in enumerate(terminal.lines) if first.field.title in line)
        assert "Please fill in" in "".join(terminal.lines[title:])
        assert all(one.is_wrong for one in fields)
        first._entry.value = "2026-03-31"
        first._entry.value = "3"
        await terminal.press("tab")
        assert not first.is_wrong
        assert fields[-1].is_wrong

    drive(player.service, "H1", script, size=size)


def test_nothing_is_chosen_until_it_is_marked_and_enter_marks_then_goes_on(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("enter", "a", ACT_KEYS["change_fact"].key)
        fact, value, reason = terminal.app.screen.query(FormField)
        assert terminal.app.focused is fact.query_one(".entry")
        assert (fact.value, fact.is_lacking) == ("", True)
        value._entry.value, reason._entry.value = "2026-04-30", "put off"
        await terminal.press("ctrl+s")
        assert isinstance(terminal.app.screen, FormScreen)
        assert told(terminal, "fact")
        await terminal.press("enter")
        assert fact.value == fact.field.options[0][0]
        assert not fact.is_wrong
        await terminal.press("down", "enter")
        assert fact.value == fact.field.options[1][0]
        assert terminal.app.focused is value.query_one(".entry")

    drive(player.service, "H1", script, size=(100, 60))
