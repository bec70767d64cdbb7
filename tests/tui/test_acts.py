"""Acting on the screen: every act is offered, asked for by a form, and refused where it is tried."""

from pathlib import Path
from typing import get_args

import pytest
from textual.widgets import Input

from engine.commands import CommandName
from engine.desk.forms import ACTS
from engine.events import (
    Approved,
    CaseOpened,
    CaseWithdrawn,
    Commented,
    EvidenceAttached,
    HandedOver,
    Named,
)
from tests.engine.sample.company import EXIT, PERSONS, Player
from tests.tui.driving import Terminal, drive
from tui.acts import ACT_KEYS
from tui.widgets.fields import FormField
from tui.widgets.files import FileField

NOT_FOR_PEOPLE = {"open", "answer", "tick", "reassess"}
"""A case is opened from the board; systems answer, the clock ticks."""
WIDE = (140, 48)


def test_every_act_is_registered() -> None:
    wanted = set(get_args(CommandName)) - NOT_FOR_PEOPLE
    assert set(ACT_KEYS) == wanted
    assert set(ACTS) == wanted
    keys = [one.key for one in ACT_KEYS.values()]
    assert len(set(keys)) == len(keys)


@pytest.fixture
def player() -> Player:
    player = Player()
    player.open()
    return player


def test_an_approval_needs_its_opinion(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("i", "a")
        assert "Approve" in terminal.text
        await terminal.press("a")
        assert "Grade: 5" in terminal.text  # what is approved
        await terminal.press("ctrl+s")
        assert "Please fill in: Opinion" in terminal.text
        await terminal.write("all the best")
        await terminal.press("f4")
        assert "This would happen:" in terminal.text
        assert player.of(Approved) == []
        await terminal.press("ctrl+s")

    drive(player.service, "M", script, size=WIDE)
    (event,) = player.of(Approved)
    assert event.opinion == "all the best"


def test_a_rejection_needs_its_reason_whatever_the_rulebook_says() -> None:
    player = Player(EXIT.replace("  opinion required\n", ""))
    player.open()

    async def script(terminal: Terminal) -> None:
        await terminal.press("i", "a", "x", "ctrl+s")
        assert "Please fill in: Opinion" in terminal.text

    drive(player.service, "M", script, size=WIDE)


def test_naming_a_person_by_name(player: Player) -> None:
    player.approve("M", "resignation.manager")
    player.approve("H1", "resignation.hr")

    async def script(terminal: Terminal) -> None:
        await terminal.press("i", "a", "n")
        await terminal.write("Sun Sue")
        await terminal.press("ctrl+s")

    drive(player.service, "M", script, size=WIDE)
    assert [event.person for event in player.of(Named)] == ["S"]


def test_a_refusal_is_shown_where_the_act_was_tried(player: Player) -> None:
    player.approve("M", "resignation.manager")
    player.approve("H1", "resignation.hr")

    async def script(terminal: Terminal) -> None:
        await terminal.press("i", "a", "n")
        await terminal.write("L")
        await terminal.press("ctrl+s")
        assert "R1" in terminal.text
        assert "Successor" in terminal.text
        await terminal.press("escape")

    drive(player.service, "M", script, size=WIDE)
    assert player.of(Named) == []


def test_evidence_and_hand_over(player: Player, tmp_path: Path) -> None:
    player.approve("M", "resignation.manager")
    player.approve("H1", "resignation.hr")
    paper = tmp_path / "register.txt"
    paper.write_text("12 folders")

    async def script(terminal: Terminal) -> None:
        await terminal.press("i")
        while "papers" not in (terminal.app.screen.table.key or ""):
            await terminal.press("j")
        await terminal.press("a", "h")
        await terminal.write("all filed")
        terminal.app.screen.query("FileField Input").first(Input).value = str(paper)
        await terminal.press("ctrl+s")

    drive(player.service, "L", script, size=WIDE)
    (attached,) = player.of(EvidenceAttached)
    assert attached.name == "register.txt"
    assert player.of(HandedOver)


def test_a_file_is_chosen_from_the_list_of_a_folder(player: Player, tmp_path: Path) -> None:
    player.approve("M", "resignation.manager")
    player.approve("H1", "resignation.hr")
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "register.txt").write_text("12 folders")
    (tmp_path / "photo.png").write_text("no paper")

    async def script(terminal: Terminal) -> None:
        await terminal.press("i")
        while "papers" not in (terminal.app.screen.table.key or ""):
            await terminal.press("j")
        await terminal.press("a", "f", "tab")
        field = terminal.app.screen.query_one(FileField)
        field.query_one(Input).value = f"{tmp_path}/"
        field.query_one(Input).cursor_position = len(field.value)
        await terminal.write("pa")
        assert "papers/" in terminal.text
        assert "photo.png" not in terminal.text
        await terminal.press("tab", "down", "enter")
        assert field.value == f"{folder}/"
        await terminal.press("tab", "down", "enter")
        assert field.value == str(folder / "register.txt")
        await terminal.press("ctrl+s")

    drive(player.service, "L", script, size=WIDE)
    (attached,) = player.of(EvidenceAttached)
    assert attached.name == "register.txt"


def test_another_leaving_date_shows_every_deadline_that_moves_before_it_is_changed() -> None:
    player = Player().resigned()
    before = player.item("papers").due

    async def script(terminal: Terminal) -> None:
        await terminal.press("enter", "a", "d")
        entries = {
            one.field.id: one.query_one(".entry") for one in terminal.app.screen.query(FormField)
        }
        facts = [value for value, _ in terminal.app.screen.form.fields[0].options]
        entries["fact"].highlighted = facts.index("last_day")
        entries["value"].value, entries["reason"].value = "2026-04-30", "asked for it"
        await terminal.press("f4")
        foreseen = terminal.app.screen.query_one("#came-of-it")
        assert f"Papers: {before:%Y-%m-%d}" in str(foreseen.content)
        moved = [line for line in str(foreseen.content).split("\n") if line.startswith("→")]
        assert all(line.count("2026-0") == 2 for line in moved)
        assert "Papers: 2026-03-17 18:00 → 2026-04-" in terminal.text
        assert player.item("papers").due == before
        await terminal.press("ctrl+s")
        (told,) = [line for line in moved if "Papers" in line]
        assert f"→ {player.item('papers').due:%Y-%m-%d}" in told
        await terminal.press("u")
        again = {one.field.id: one.value for one in terminal.app.screen.query(FormField)}
        assert again == {"fact": "last_day", "value": "2026-03-31", "reason": ""}

    drive(player.service, "H1", script, size=WIDE)


def test_a_case_is_opened_with_a_form_made_from_its_facts(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("o", "enter")
        form = terminal.app.screen
        entries = {one.field.id: one.query_one(".entry") for one in form.query("FormField")}
        assert "projects" not in entries  # a feed supplies them
        await terminal.press("ctrl+s")
        assert "Please fill in:" in terminal.text
        entries["grade"].value = "99"
        entries["kind"].highlighted = 0
        entries["last_day"].value = "2026-02-27"
        entries["salary"].value = "9000 CNY"
        await terminal.press("ctrl+s")
        assert "Grade" in terminal.text
        assert "99" in terminal.text
        entries["grade"].value = "3"
        await terminal.press("f4")
        assert "R176" in terminal.text  # there is an open case already
        entries["beside!"].value = "A second post"
        await terminal.press("f4")
        assert "! Careful: Last day lies before today, 2026-03-02." in terminal.text
        assert "! Careful: access is to be taken back at once: Mailbox" in terminal.text
        entries["last_day"].value = "2026-03-31"
        await terminal.press("ctrl+s")
        assert "2026-0002" in terminal.text

    drive(player.service, "L", script, size=(140, 80))
    player.case = "2026-0002"
    (opened,) = player.of(CaseOpened)
    assert opened.facts["grade"] == 3
    assert (opened.beside, opened.reason) == (("2026-0001",), "A second post")


def test_withdrawing_takes_a_typed_reason(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("enter", "a", "z", "ctrl+s")
        assert player.of(CaseWithdrawn) == []
        await terminal.write("I stay")
        await terminal.press("ctrl+s")

    drive(player.service, "L", script, size=WIDE)
    (event,) = player.of(CaseWithdrawn)
    assert event.reason == "I stay"


def test_hostile_names_neither_act_nor_hide_nor_break_a_screen() -> None:
    hostile = "[@click=app.quit]Eve[/] \x1b[31m\u202eevil"
    persons = tuple(
        type(one)(**{**{f: getattr(one, f) for f in one.__struct_fields__}, "name": hostile})
        if one.id == "L"
        else one
        for one in PERSONS
    )
    player = Player(persons=persons)
    player.open()

    async def script(terminal: Terminal) -> None:
        assert "[@click=app.quit]Eve[/]" in terminal.text
        assert "\x1b" not in terminal.text
        assert "\u202e" not in terminal.text
        await terminal.press("enter", "tab", "tab", "tab", "a", "escape", "question_mark", "escape")
        assert "\x1b" not in terminal.text
        assert terminal.app.is_running

    drive(player.service, "M", script, size=WIDE)


def test_what_an_event_can_take_back_is_one_key_away() -> None:
    player = Player().resigned()

    async def script(terminal: Terminal) -> None:
        await terminal.press("u")
        assert terminal.app.shell.undo is None
        await terminal.press("enter", "g")
        while "papers" not in terminal.app.screen.about:
            await terminal.press("j")
        await terminal.press("a", "t")
        await terminal.write("audit")
        await terminal.press("ctrl+s")
        assert player.item("papers").clock.suspended is not None
        undo = terminal.app.shell.undo
        assert (undo.act, undo.about) == ("resume", player.item("papers").id)
        await terminal.press("u")
        await terminal.write("audit is over")
        await terminal.press("ctrl+s")
        assert player.item("papers").clock is None or not player.item("papers").clock.suspended
        assert terminal.app.shell.undo.act == "suspend"

    drive(player.service, "H1", script, size=WIDE)


def test_the_whole_case_is_acted_upon_whatever_is_selected_in_it(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("enter", "a")
        assert "Suspend · asks for a reason · the whole case" in terminal.text
        await terminal.press("T")
        await terminal.write("audit")
        await terminal.press("ctrl+s")
        assert player.state.suspended is not None
        await terminal.press("a", "g")
        await terminal.write("audit is over")
        await terminal.press("ctrl+s")
        assert player.state.suspended is None
        await terminal.press("a", "+")
        assert "Add an approver" in terminal.text

    drive(player.service, "H1", script, size=WIDE)


def test_what_cannot_be_taken_back_offers_nothing(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("i", "a", "a")
        await terminal.write("all the best")
        await terminal.press("ctrl+s", "u")
        assert terminal.app.shell.undo is None

    drive(player.service, "M", script, size=WIDE)


def test_a_person_put_in_anothers_place_is_put_back_with_the_names_filled_in() -> None:
    player = Player().resigned()

    async def script(terminal: Terminal) -> None:
        await terminal.press("enter", "g")
        while "successor" not in terminal.app.screen.about:
            await terminal.press("j")
        await terminal.press("a", "i")
        form = terminal.app.screen
        entries = {one.field.id: one.query_one(".entry") for one in form.query("FormField")}
        entries["owner"].value, entries["person"].value = "M", "V"
        entries["reason"].value = "away"
        await terminal.press("ctrl+s", "u")
        again = {one.field.id: one.value for one in terminal.app.screen.query("FormField")}
        assert (again["owner"], again["person"]) == ("V", "M")

    drive(player.service, "H1", script, size=WIDE)


def test_what_is_sent_twice_in_haste_is_done_once(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("enter", "a", "m")
        await terminal.write("thank you")
        terminal.hurry("ctrl+s", "ctrl+s", "enter")
        await terminal.rest()

    drive(player.service, "L", script)
    assert [event.text for event in player.of(Commented)] == ["thank you"]


def test_a_menu_is_left_once_however_fast_keys_come(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("enter", "a")
        terminal.hurry("m", "m", "d")
        await terminal.rest()
        assert "Comment" in terminal.text
        assert len(terminal.app.screen_stack) == 4

    drive(player.service, "H1", script)
