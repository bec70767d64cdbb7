"""What a changed date moves, foreseen and afterwards."""

from engine.commands import Actor, ChangeFact
from engine.desk.outcome import foreseen
from engine.service import Done
from engine.views.moved import deadlines, moved_deadlines
from engine.views.reader import Reader
from tests.engine.sample.company import PROJECTS, Player, local


def preview(player: Player, fact: str, value):
    done = player.service.preview(
        player.case, ChangeFact(fact, value, None, "later"), Actor("H1", "sandbox", "desk")
    )
    assert isinstance(done, Done)
    after = foreseen(player.service, done, player.program)
    return moved_deadlines(Reader(after, "en"), deadlines(player.scope))


def test_a_changed_leaving_date_moves_every_clock_and_all_are_foreseen():
    player = Player().resigned(projects=PROJECTS)
    before = deadlines(player.scope)
    told = preview(player, "last_day", "2026-04-30")
    assert deadlines(player.scope) == before
    player.change("last_day", "2026-04-30")
    assert moved_deadlines(Reader(player.scope, "en"), before) == told
    after = deadlines(player.scope)
    assert {one.id: (one.old, one.due) for one in told} == {
        one: (before[one], after[one]) for one in after if before[one] != after[one]
    }
    moved = {one.title: one for one in told}
    revoked = next(one for title, one in moved.items() if title.startswith("revoking"))
    assert revoked.old < revoked.due == player.state.timers["mailbox.revoke"][0].at
    papers = player.task("papers")
    assert next(one for one in told if one.id == papers.id).due == papers.due


def test_what_stays_is_not_listed():
    player = Player().resigned()
    assert preview(player, "last_day", "2026-03-31") == ()
    assert preview(player, "car", value=True) == ()


def test_leaving_today_makes_everything_due_at_once_and_loses_nothing():
    player = Player().resigned()
    told = preview(player, "last_day", "2026-03-02")
    assert all(one.due is None or one.due <= local("2026-03-31T18:00") for one in told)
    player.change("last_day", "2026-03-02")
    player.at("2026-03-02T18:00")
    assert player.task("papers").overdue
    assert player.state.tasks["2026-0001/mailbox.revoke#1"].status == "open"
    assert player.state.status == "open"


def test_what_comes_and_what_goes_is_told_without_a_dash():
    player = Player().resigned()
    before = deadlines(player.scope)
    reader = Reader(player.scope, "en")
    come, *_ = moved_deadlines(reader, {**before, "mailbox.revoke": None})
    gone, *_ = moved_deadlines(reader, {**before, "pay": before["mailbox.revoke"]})
    assert (come.text, gone.text) == (
        "revoking “Mailbox”: on 2026-03-31 17:30",
        "Pay severance: no longer on 2026-03-31 17:30",
    )
