"""What an act does at once although nobody may have meant it is told, before it and after it."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from engine.commands import Actor, ChangeFact, Name, Resume, Suspend
from engine.desk.outcome import Outcome, done_outcome, foreseen
from engine.events import ActionOpened, Event
from engine.texts import MESSAGES
from engine.views.cautions import cautions
from engine.views.moved import Deadlines, deadlines
from engine.views.reader import Reader
from tests.engine.sample.company import EXIT, PERSONS, PROJECTS, Player


def said(message: str, **values: str) -> str:
    return MESSAGES.say("en", message, **values)


PAST = said("caution.past", fact="Last day", today="2026-03-02")
REVOKED = said("caution.revoked", access="Mailbox")
OVERDUE = said("caution.overdue", tasks="Papers")


def told_of(
    player: Player, events: Iterable[Event], before: Deadlines | None = None
) -> tuple[str, ...]:
    known = deadlines(player.scope) if before is None else before
    return cautions(Reader(player.scope, "en"), events, lambda _: (), known)


def previewed(player: Player, fact: str, value: str) -> Outcome:
    before = deadlines(player.scope)
    command = ChangeFact(fact, value, None, "earlier")
    done = player.service.preview(player.case, command, Actor("H1", "sandbox", "desk"))
    reader = Reader(foreseen(player.service, done, player.program), "en")
    return done_outcome(player.service, done, reader, before, "H1")


@pytest.mark.parametrize(
    ("last_day", "told"),
    [("2026-02-27", (PAST, REVOKED)), ("2026-03-02", ()), ("2026-04-01", ())],
)
def test_a_leaving_day_in_the_past_is_told_when_a_case_opens(
    last_day: str, told: tuple[str, ...]
) -> None:
    player = Player()
    player.open(last_day=last_day)
    assert told_of(player, player.events) == told


def test_a_changed_day_is_told_with_its_stress_and_every_deadline_once() -> None:
    player = Player().resigned()
    outcome = previewed(player, "last_day", "2026-02-27")
    assert outcome.cautions == (PAST, REVOKED, OVERDUE)
    papers = player.task("papers").id
    assert papers in [one.id for one in outcome.moved]
    due = Reader(player.scope, "en").task_named(papers)
    assert not [text for text in outcome.sentences if due in text]
    assert previewed(player, "last_day", "2026-04-15").cautions == ()


def test_a_successor_who_leaves_too_is_told() -> None:
    people = tuple(replace(one, left=date(2026, 4, 3)) if one.id == "S" else one for one in PERSONS)
    player = Player(persons=people).resigned(projects=PROJECTS)
    told = told_of(player, player.name("M", "successor", "S"))
    assert told == (said("caution.leaves", person="Sun Sue", day="2026-04-03"),)


def test_a_successor_about_whom_a_case_is_open_is_told_to_whoever_may_see_it() -> None:
    player = Player()
    theirs = player.open("S", subject="S")
    player.resigned(projects=PROJECTS)
    command = Name(player.task("successor").id, "S")
    done = player.service.preview(player.case, command, Actor("M", "sandbox", "desk"))
    reader = Reader(foreseen(player.service, done, player.program), "en")
    before = deadlines(player.scope)
    told = said("caution.case", person="Sun Sue", cases=theirs)
    assert done_outcome(player.service, done, reader, before, "M").cautions == (told,)
    assert done_outcome(player.service, done, reader, before, "X").cautions == ()


def test_a_day_that_nothing_counts_from_and_an_act_that_sets_no_fact_give_no_caution() -> None:
    player = Player(EXIT.replace("due bonus_day", "due last_day")).resigned()
    assert previewed(player, "bonus_day", "1990-01-01").cautions == ()
    player.at("2026-04-01T09:00")
    assert [event.operation for event in player.of(ActionOpened) if event.ref == "mailbox"]
    assert told_of(player, player.events[-20:]) == ()


def test_what_came_to_its_deadline_while_it_stood_still_is_told_when_it_goes_on() -> None:
    player = Player().resigned()
    due = player.task("papers").due
    assert due is not None
    player.act("H1", Suspend(None, "ill"))
    player.at((due + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"))
    before = deadlines(player.scope)
    assert told_of(player, player.act("H1", ChangeFact("grade", 9, None, "x")), before) == ()
    assert told_of(player, player.act("H1", Resume(None, "well")), before) == (OVERDUE,)


def test_what_was_late_before_it_stood_still_is_not_told_again() -> None:
    player = Player().resigned()
    player.at("2026-03-30T09:00")
    assert player.task("papers").overdue
    player.act("H1", Suspend(None, "ill"))
    before = deadlines(player.scope)
    assert OVERDUE not in told_of(player, player.act("H1", Resume(None, "well")), before)
