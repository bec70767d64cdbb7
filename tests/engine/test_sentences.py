"""Every event is told in both languages, and whatever people typed stays what they typed."""

from datetime import date

import pytest
from msgspec.structs import replace

from engine.absences import Absences
from engine.commands import (
    CLOCKWORK,
    PLACES,
    Actor,
    AddApprover,
    Answer,
    Approve,
    Cancel,
    Claim,
    Comment,
    Delegate,
    Name,
    Provide,
    Reassign,
    Refuse,
    Release,
    RemoveApprover,
    Reopen,
    Resubmit,
    Resume,
    Return,
    Suspend,
    Waive,
    Withdraw,
)
from engine.deciders import DECIDERS
from engine.desk.notices import notices
from engine.events import EVENT_TYPES, AttemptRefused, Event, FactChanged
from engine.people.directory import Person, Substitute
from engine.replay import event_of
from engine.seen import application_hash
from engine.texts import MESSAGES
from engine.views.cases import case_view
from engine.views.reader import Reader
from engine.views.sentences import DESCRIBE, INNER, VARIANTS, describe, sentence
from engine.views.timeline import timeline
from tests.engine.sample.company import ADMIN, EXIT, PERSONS, PROJECTS, Player
from tests.engine.sample.duties import excused, refused_letter, troubled
from tests.engine.sample.voting import voting
from tests.engine.test_budgets import opened

RULES = """
approval exception "Exception"
  step vp within 2 working days

item debt_plan "Plan for the debt"
  from leaver to hr

rule busy "Busy"
  when car = yes
  add item debt_plan
  require approval exception before action pay
  notify client, hr by email "{leaver.name} has a car"
  set remark to "has a car"
  note "Mind the car"
  escalate to vp
  because "Company rule 7"

rule too_high "Too high"
  whenever case opens
  set grade to grade + 20

audience
  always finance on case opens
"""
NASTY = "[red]{x}{0.__class__}%s\x1b[31m\u202e=1+1"


def busy_case() -> Player:
    """A case in which as much as possible happens."""
    player = Player().resigned(kind="agreement", grade=12, projects=PROJECTS)
    said_and_changed(player)
    handed_over(player)
    settled(player)
    assert player.state.status == "closed"
    return player


def said_and_changed(player: Player) -> None:
    player.act("L", Comment("hello", None))
    player.act("L", Comment("hello", player.task("papers").id))
    player.refused("X", Withdraw("mine"))
    player.refused("X", Waive("gate:severance", "mine"))
    player.name("M", "successor", "S")
    player.name("S", "mentor", "T")
    player.change("last_day", "2026-04-30")
    player.change("last_day", "2026-03-31")
    player.change("salary", "1 CNY")
    player.change("car", value=True)
    player.change("projects", [{**PROJECTS[0], "progress": "61%"}, *PROJECTS[1:]])
    player.change("bonus_day", "2026-03-20")
    player.change("bonus_day", None)


def handed_over(player: Player) -> None:
    player.act("L", Provide(player.task("papers").id, {"pages": 7}))
    player.attach("L", "papers", "register")
    player.attach("L", "papers", "receipt")
    player.hand_over("L", "papers", summary="All")
    player.act("H1", Refuse(player.task("papers").id, "Not all"))
    player.hand_over("L", "papers", summary="All indeed")
    player.sign("H1", "papers")
    player.sign("M", "papers")
    for key in ("P-1", "P-2"):
        player.act("V", Waive(player.item("project_handover", key).id, "No need"))
    player.at("2026-03-31T18:00")
    player.hand_over("L", "car_keys")
    player.sign("G1", "car_keys")


def settled(player: Player) -> None:
    player.act("V", Waive("gate:severance", "Pay now"))
    player.act("system:hr_system", Answer("hr_system", "stop", ok=False, note="down"))
    player.complete("H1", "insurance")
    player.complete("H1", "mailbox.grant")
    player.complete("H1", "mailbox.revoke")
    player.hand_over("L", "mentoring")
    player.sign("T", "mentoring")
    player.approve("M", "clearance.money")
    player.act("F", player.rejection("clearance.money"))
    player.at("2026-04-10T18:00")
    for person in ("M", "F"):
        player.approve(person, "clearance.money")
    for person in ("B1", "B2"):
        player.approve(person, "clearance.quorum")
    player.approve("G1", "clearance.final")
    player.complete("F", "pay")


def other_cases() -> list[Player]:
    """What does not happen in the busy one."""
    returned = Player()
    returned.open()
    returned.act("M", Return(returned.task("resignation.manager").id, "again"))
    returned.act("L", Resubmit(returned.task("resignation").id, "so", {}, {}))
    returned.at("2026-03-05T18:00")
    returned.act("L", Withdraw("I stay"))
    rejected = Player(EXIT.replace("on reject return to leaver", "on reject end"))
    rejected.open()
    rejected.act("M", rejected.rejection("resignation.manager"))
    late = Player().resigned().papers_done()
    late.act("H1", Waive(late.task("mentoring").id, "No need"))
    late.approve("M", "clearance.money")
    late.approve("F", "clearance.money")
    late.approve("H2", "clearance.final")
    late.change("car", value=True)
    text = EXIT.replace("nobody approves twice", "same approver passes").replace(
        "step hr within 1", "step any of hr, manager as second within 1"
    )
    passing = Player(text)
    passing.open()
    passing.approve("M", "resignation.manager")
    reminded = Player(EXIT.replace("on timeout escalate to vp", "on timeout remind"))
    reminded.open()
    reminded.at("2026-03-05T18:00")
    some = [returned, rejected, late, passing, reminded, refused_letter()]
    return [*some, troubled(), excused(), cancelled_case(), ruled(), arranged(), paused_case()]


def paused_case() -> Player:
    player = opened()
    player.attach("L", "papers", "letter")
    return player


def cancelled_case() -> Player:
    player = Player()
    player.open()
    task = player.task("resignation.manager").id
    for about in (None, task):
        player.act("H1", Suspend(about, "ill"))
        player.act("H1", Resume(about, "back"))
    player.act("H1", Cancel("He stays"))
    player.act("H1", Reopen("He leaves after all"))
    return player


def ruled() -> Player:
    """A case in which rules do all that they can, and more than they may."""
    many = "".join(
        f'rule note_{number} "Note"\n  whenever case opens\n  note "{number}"\n'
        for number in range(101)
    )
    player = Player(f"{EXIT}{RULES}{many}")
    player.open(car=True)
    return player


def arranged() -> Player:
    """Who does what is arranged in every way."""
    player = voting("step all of hr, manager as two", "step ghost")
    task = player.task("vote.two").id
    player.act("H1", Claim(task))
    player.act("H1", Release(task))
    player.act("H2", Claim(task))
    player.act("H1", Release(task, "H2"))
    player.act("M", Delegate(task, "F", "away"))
    player.act("M", Release(task))
    absences = Absences(player.service, ADMIN, Actor("M", "sandbox", "desk"))
    assert absences.begin(Substitute("M", "G1", date(2026, 3, 2), date(2026, 3, 3))) is None
    for place in PLACES:
        person = {"before": "B1", "beside": "B2", "after": "B3"}[place]
        player.act("H1", AddApprover(task, person, place, "sure"))
    player.act("H1", RemoveApprover(task, "B2", "not needed"))
    player.act("H1", Reassign(task, "B3", "F", "ill"))
    player.approve("B1", "vote.two")
    player.approve("G1", "vote.two")
    player.approve("H1", "vote.two")
    player.approve("F", "vote.two")
    player.act("H1", Reassign(player.task("vote.ghost").id, None, "M", "nobody"))
    player.act("G1", player.rejection("vote.ghost"))
    return player


def told(player: Player) -> list[tuple[Player, Event]]:
    store = player.service.store
    streams = (player.case, f"{player.case}/attempts")
    return [(player, event_of(one)) for stream in streams for one in store.read(stream)]


@pytest.fixture(scope="module")
def happenings() -> list[tuple[Player, Event]]:
    return [pair for player in (busy_case(), *other_cases()) for pair in told(player)]


def test_every_event_is_told_or_inner():
    kinds = set(EVENT_TYPES.values())
    assert set(DESCRIBE) | INNER == kinds
    assert set(DESCRIBE) & INNER == set()
    assert set(VARIANTS) <= set(DESCRIBE)


def test_every_event_happens_here(happenings):
    assert set(DESCRIBE) - {type(event) for _, event in happenings} == set()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_event_that_happens_is_a_sentence(happenings, language):
    for player, event in happenings:
        if type(event) in INNER:
            continue
        text = sentence(Reader(player.scope, language), event)
        assert text.strip()
        assert "{" not in text
        assert "None" not in text
        assert f"{player.case}/" not in text
        assert "gate:" not in text


def test_sentences_name_people_and_things_by_their_names(happenings):
    player, event = next(
        (player, one) for player, one in happenings if type(one).__name__ == "ItemWaived"
    )
    assert sentence(Reader(player.scope, "en"), event) == (
        "Wei Vera waived “Project handover [P-1 Bridge]”: “No need”"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_there_is_no_deadline_none_is_told(happenings, language):
    for player, event in happenings:
        if type(event).__name__ in ("StepOpened", "ActionOpened", "DueChanged"):
            assert "—" not in sentence(Reader(player.scope, language), replace(event, due=None))


@pytest.mark.parametrize(("language", "end"), [("en", "."), ("zh", "。")])
def test_a_sentence_ends_whether_or_not_something_was_said(happenings, language, end):
    player, event = next(pair for pair in happenings if type(pair[1]).__name__ == "Approved")
    reader = Reader(player.scope, language)
    assert sentence(reader, replace(event, opinion=None)).endswith(end)
    assert sentence(reader, replace(event, opinion="fine")).endswith("“fine”")


def test_whoever_is_named_is_told_once():
    player = Player().resigned(projects=PROJECTS)
    player.act("M", Name(player.task("successor").id, "S"))
    stored = list(player.service.store.read(player.case))
    reader = Reader(player.scope, "en")
    assert "RoleFilled" in [entry.what for entry in timeline(reader, stored, inner=True)]
    outer = [entry.what for entry in timeline(reader, stored)]
    assert (outer.count("Named"), outer.count("RoleFilled")) == (1, 0)


def test_a_notice_of_a_case_says_what_became_of_it():
    player = Player(f"{EXIT}\naudience\n  always vp on case opens\n  always vp on case withdrawn\n")
    player.open()
    player.at("2026-03-02T15:00")
    player.act("L", Withdraw("I stay"))
    told = [one.text for one in notices(player.service, "V", "en", everybody=False)]
    assert told == [
        "Case 2026-0001 (Li Lei) ended: withdrawn",
        "Case 2026-0001 (Li Lei) was opened",
    ]


def test_the_timeline_has_every_event_once_in_order(happenings):
    player = happenings[0][0]
    stored = list(player.service.store.read(player.case))
    reader = Reader(player.scope, "zh")
    entries = timeline(reader, stored, inner=True)
    assert [entry.sequence for entry in entries] == [one.sequence for one in stored]
    outer = timeline(reader, stored)
    assert {entry.what for entry in outer} & {kind.__name__ for kind in INNER} == set()


def hostile() -> Player:
    persons = tuple(replace(one, name=f"{one.id}{NASTY}") for one in PERSONS)
    text = EXIT.replace('"Papers"', '"Papers {x} [red]"')
    return Player(text, persons=(*persons, Person("{x}", NASTY, manager="M")))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_people_type_stays_as_it_is(language):
    player = hostile()
    player.open(remark=NASTY, projects=[{"code": NASTY, "name": NASTY, "progress": "1%"}])
    step = player.task("resignation.manager").id
    player.act("M", Approve(step, NASTY, application_hash(player.state)))
    player.approve("H1", "resignation.hr", NASTY)
    player.act("L", Comment(NASTY, None))
    player.act("L", Provide(player.task("papers").id, {"summary": NASTY}))
    player.act("H1", Waive(player.task("papers").id, NASTY))
    player.refused("X", Waive(player.item("project_handover", NASTY).id, NASTY))
    reader = Reader(player.scope, language)
    view = case_view(reader, "L")
    assert view.subject == f"L{NASTY}"
    assert any(fact.shown == NASTY for fact in view.facts)
    texts = [sentence(reader, event) for _, event in told(player) if type(event) not in INNER]
    assert sum(NASTY in text for text in texts) > 5
    stored = player.service.store.read(player.case)
    assert all(entry.actor for entry in timeline(reader, stored))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_act_that_may_be_refused_has_a_word(language):
    for command in DECIDERS:
        assert MESSAGES.has(language, f"act.{command.__name__}"), command


def test_an_attempt_is_told_with_its_code():
    player = Player()
    player.open()
    player.refused("X", Withdraw("mine"))
    stored = list(player.service.store.read(f"{player.case}/attempts"))
    event = event_of(stored[0])
    assert isinstance(event, AttemptRefused)
    message, values = describe(Reader(player.scope, "en"), event)
    assert (message, values["code"]) == ("AttemptRefused", "R101")


def test_what_was_refused_mixes_with_no_other_events_of_the_case():
    player = Player().resigned(projects=PROJECTS)
    store = player.service.store
    for _ in range(store.version(player.case)):
        player.refused("X", Withdraw("mine"))
    apart = [list(store.read(stream)) for stream in (player.case, f"{player.case}/attempts")]
    reader = Reader(player.scope, "en")
    own, refused = (timeline(reader, one) for one in apart)
    both = timeline(reader, [*apart[0], *apart[1]])
    assert len(refused) == len(apart[0]), "one for every number that the case has"
    assert sorted(one.text for one in both) == sorted(one.text for one in (*own, *refused))


@pytest.mark.parametrize(("language", "end"), [("en", "."), ("zh", "。")])
def test_a_rule_that_says_no_reason_is_told_without_one(language, end):
    player = Player(f"{EXIT}{RULES}")
    player.open()
    event = FactChanged("car", "0", CLOCKWORK, "", old=False, new=True, rule="busy")
    assert "—" not in sentence(Reader(player.scope, language), event)
    assert sentence(Reader(player.scope, language), event).endswith(end)
