"""Acting on all that is marked: foreseen for each, done to each, refused for some."""

import re

from textual.widgets import Input, OptionList

from engine.commands import Comment
from engine.events import Approved, Commented, FactChanged
from tests.engine.sample.company import Player
from tests.tui.driving import Terminal, drive
from tui.screens.bulk import Target, named, some_choice
from tui.shell import Shell
from tui.widgets.fields import FormField


def test_marked_tasks_are_approved_one_by_one_and_the_refused_ones_are_told() -> None:
    player = Player()
    cases = [player.open(), player.open("T", subject="T"), player.open("S", subject="S")]

    async def script(terminal: Terminal) -> None:
        await terminal.press("i", "space", "space", "space", "a")
        assert "3 marked" in terminal.text
        await terminal.press("a")
        await terminal.write("all the best")
        await terminal.press("ctrl+s")
        assert "would be done to 3 of 3" in terminal.text
        assert player.of(Approved) == []
        # While the list is looked at, somebody else settles one of them.
        player.case = cases[1]
        player.approve("M", "resignation.manager")
        await terminal.press("ctrl+s")
        assert "done to 2 of 3, refused for 1" in terminal.text
        assert "R1" in terminal.text
        await terminal.press("ctrl+s", "escape")

    drive(player.service, "M", script, size=(140, 40))
    for case in cases:
        player.case = case
        assert len(player.of(Approved)) == 1


def test_what_is_done_to_many_hits_only_what_was_marked_whatever_comes_meanwhile() -> None:
    """The list is read anew, its filter is gone, and there are more cases than were counted."""
    player = Player()
    cases = [player.open("H1", subject="L"), player.open("H1", subject="T")]

    async def script(terminal: Terminal) -> None:
        await terminal.press("space", "space")
        others = [player.open("H1", subject="S"), player.open("H1", subject="X")]
        await terminal.press("f5", "a")
        assert "2 marked" in terminal.text
        await terminal.press("m")
        await terminal.write("closing the site")
        await terminal.press("ctrl+s", "ctrl+s")
        assert "done to 2 of 2" in terminal.text
        for player.case in others:
            assert player.of(Commented) == []

    drive(player.service, "H1", script, size=(140, 40))
    for case in cases:
        player.case = case
        assert [event.text for event in player.of(Commented)] == ["closing the site"]


def test_nothing_is_done_to_many_before_it_is_seen_what_that_would_be() -> None:
    player = Player()
    player.open("H1", subject="L")
    player.open("H1", subject="T")

    async def script(terminal: Terminal) -> None:
        await terminal.press("space", "space", "a", "question_mark")
        assert terminal.app.shell.say("help.title") in terminal.text
        await terminal.press("escape", "m")
        assert terminal.lines[-1].split()[0] == "^s"
        await terminal.write("closing the site")
        await terminal.press("escape")
        assert terminal.app.shell.say("form.would_be_lost")[:20] in terminal.text
        terminal.hurry("ctrl+s", "ctrl+s")
        await terminal.rest()
        assert "would be done to 2 of 2" in terminal.text

    drive(player.service, "H1", script, size=(140, 40))
    assert player.of(Commented) == []


def test_marks_stay_with_their_cases_whatever_the_filter_says() -> None:
    player = Player()
    first = player.open("H1", subject="L")
    player.open("H1", subject="T")

    async def script(terminal: Terminal) -> None:
        table = terminal.app.screen.table
        await terminal.press("space", "slash")
        await terminal.write("Tang")
        await terminal.press("enter")
        assert table.marks == {first}
        player.case = first
        player.act("H1", Comment("x", None))
        await terminal.press("f5")
        assert table.marks == {first}

    drive(player.service, "H1", script)


def test_what_a_new_date_does_is_shown_for_each_and_a_wrong_one_can_still_be_mended() -> None:
    """The list is longer than the screen, and is read to its end."""
    player = Player()
    cases = []
    for subject, manager in (("L", "M"), ("T", "M")):
        cases.append(player.open("H1", subject=subject))
        player.approve(manager, "resignation.manager")
        player.approve("H1", "resignation.hr")

    async def script(terminal: Terminal) -> None:
        await terminal.press("space", "space", "a", "d")
        fields = {one.field.id: one for one in terminal.app.screen.query(FormField)}
        options = [one for one, _ in fields["fact"].field.options]
        fields["fact"].query_one(OptionList).highlighted = options.index("last_day")
        fields["value"].query_one(Input).value = "someday"
        fields["reason"].query_one(Input).value = "they stay"
        await terminal.press("f4")
        assert "refused for 2" in terminal.text
        assert "P304" in terminal.text
        await terminal.press("escape")
        fields["value"].query_one(Input).value = "2026-04-30"
        await terminal.press("f4")
        listed = str(terminal.app.screen.query_one("#bulk-list").content)
        for case in cases:
            told = listed.partition(case)[2]
            assert re.search(r"2026-03-\d\d .* → 2026-04-\d\d", told)
        last = listed.splitlines()[-1].strip()[-30:]
        assert last not in terminal.text
        await terminal.press("end")
        await terminal.app.animator.wait_until_complete()
        assert last in terminal.text
        assert player.of(FactChanged) == []

    drive(player.service, "H1", script, size=(80, 16))


def test_what_only_some_of_the_marked_allow_is_offered_with_how_many() -> None:
    shell = Shell(None, "en")
    targets = [Target("1", "L", ("comment", "approve")), Target("2", "T", ("comment",))]
    comment, approve, nothing = (
        some_choice(shell, act, targets) for act in ("comment", "approve", "withdraw")
    )
    assert (comment.text, comment.value[1]) == (shell.act("comment"), tuple(targets))
    assert (approve.text, approve.value[1]) == (f"{shell.act('approve')} · 1 of 2", (targets[0],))
    assert nothing.value[1] == ()


def test_one_thing_is_named_and_several_are_counted() -> None:
    shell = Shell(None, "en")
    case = Target("2026-0008", "Ding Xiaolan", ())
    assert named(shell, [case]) == "Ding Xiaolan · 2026-0008"
    task = case._replace(about="keys", title="The keys")
    assert named(shell, [task]) == "The keys · Ding Xiaolan · 2026-0008"
    assert named(shell, [case, task]) == shell.say("bulk.title", count=2)
