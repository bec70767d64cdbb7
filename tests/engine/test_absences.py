"""People come, go and are away: substitutes, and roles that follow the directory."""

from datetime import date

from msgspec.structs import replace

from engine.absences import Absences
from engine.commands import Actor, Approve, Claim, Delegate, Name
from engine.events import (
    Approved,
    NamingOpened,
    NoticeQueued,
    Released,
    RoleFilled,
    StandInEnded,
    Substituted,
)
from engine.identity import Caller
from engine.people.directory import Substitute
from engine.people.reading import PeopleFile
from engine.rejection import Refusal
from engine.replay import event_of
from engine.seen import application_hash
from engine.views.reader import Reader
from engine.views.sentences import sentence
from engine.views.tasks import task_view
from tests.engine.sample.company import DEPARTMENTS, PERSONS, PROJECTS, Player
from tests.engine.sample.looking import look_at
from tests.engine.sample.voting import status, voting, waits_for

NOBODY = Caller("nobody", "desk")


def substitute(player: Player, person: str, by: str, days: tuple[int, int], actor=None):
    """Days are of March 2026; the cases begin on the second."""
    absences = Absences(player.service, NOBODY, Actor(actor or person, "sandbox", "desk"))
    answer = absences.begin(Substitute(person, by, *(date(2026, 3, day) for day in days)))
    look_at(player.service, player.case)
    return answer


def back(player: Player, person: str, actor=None):
    absences = Absences(player.service, NOBODY, Actor(actor or person, "sandbox", "desk"))
    answer = absences.end(person)
    look_at(player.service, player.case)
    return answer


def company(player: Player, *, gone: str = "", **changes) -> None:
    """Import the people anew: some of them changed, one of them gone."""
    persons = tuple(replace(one, **changes.get(one.id, {})) for one in PERSONS if one.id != gone)
    refusal = player.office.import_people(PeopleFile(persons, DEPARTMENTS), "people.csv", None)
    assert refusal is None
    look_at(player.service, player.case)


def test_what_is_assigned_already_moves_to_the_substitute_and_comes_back():
    player = voting("step manager", "step vp")
    substitute(player, "M", "F", (4, 6))
    assert waits_for(player, "manager") == {"M"}
    player.at("2026-03-04T08:00")
    assert waits_for(player, "manager") == {"F"}
    assert [row["people"] for row in player.service.store.rows("tasks")] == [["F"]]
    player.at("2026-03-06T23:00")
    assert waits_for(player, "manager") == {"F"}
    player.at("2026-03-07T08:00")
    assert waits_for(player, "manager") == {"M"}
    assert [(one.person, one.to) for one in player.of(Substituted)] == [("M", "F")]
    assert [(one.person, one.to) for one in player.of(StandInEnded)] == [("M", "F")]
    player.approve("M", "vote.manager")
    assert status(player) == "running"


def test_a_substitute_answers_and_the_record_keeps_both_names():
    player = voting("step manager")
    substitute(player, "M", "F", (2, 6))
    assert waits_for(player, "manager") == {"F"}
    player.approve("F", "vote.manager")
    assert [(one.person, one.by) for one in player.of(Approved)] == [("M", "F")]
    assert status(player) == "approved"


def test_a_task_that_opens_during_the_absence_goes_to_the_substitute():
    player = voting("step vp", "step manager")
    substitute(player, "M", "F", (3, 6))
    player.at("2026-03-04T08:00")
    player.approve("V", "vote.vp")
    assert waits_for(player, "manager") == {"F"}


def test_whoever_comes_back_early_has_their_tasks_again():
    player = voting("step manager")
    substitute(player, "M", "F", (2, 6))
    ended = back(player, "M")
    assert [(one.by, one.last) for one in ended] == [("F", date(2026, 3, 6))]
    assert waits_for(player, "manager") == {"M"}
    assert player.service.world.directory().substitutes == ()


def test_the_substitute_of_a_substitute():
    player = voting("step manager")
    substitute(player, "F", "G1", (2, 6))
    substitute(player, "M", "F", (2, 6))
    assert waits_for(player, "manager") == {"G1"}


def test_a_circle_of_substitutes_leaves_the_task_where_it_is():
    player = voting("step manager")
    substitute(player, "F", "M", (2, 6))
    substitute(player, "M", "F", (2, 6))
    assert waits_for(player, "manager") == {"M"}


def test_a_substitute_never_gets_past_an_exclusion():
    player = voting("step manager", "step vp as second", "nobody approves twice")
    substitute(player, "M", "L", (2, 6))
    assert waits_for(player, "manager") == {"M"}
    view = task_view(Reader(player.scope, "en"), player.task("vote.manager"), "M")
    assert any("Li Lei may not act here" in line for line in view.why)
    assert player.refused("L", player.approval("vote.manager")).code == "R101"
    player.approve("M", "vote.manager")
    substitute(player, "V", "M", (2, 6))
    assert waits_for(player, "second") == {"V"}


def test_a_substitute_does_not_count_twice_in_a_quorum():
    player = voting("step 2 of board as quorum")
    substitute(player, "B1", "B2", (2, 6))
    assert waits_for(player, "quorum") == {"B1", "B2", "B3"}
    player.approve("B2", "vote.quorum")
    assert status(player) == "running"


def test_items_move_to_the_substitute_as_well():
    player = Player().resigned(projects=PROJECTS)
    substitute(player, "M", "F", (2, 20))
    player.attach("L", "papers", "register")
    player.hand_over("L", "papers", summary="All filed")
    player.sign("H1", "papers")
    player.sign("F", "papers")
    assert player.item("papers").status == "done"
    assert [one.person for one in player.item("papers").signatures] == ["L", "H1", "M"]


def test_who_may_arrange_a_substitute():
    player = voting("step manager")
    assert substitute(player, "M", "F", (2, 6), actor="V") is None
    assert substitute(player, "H1", "F", (2, 6), actor="X").code == "R136"
    assert back(player, "M", actor="X").code == "R136"
    tried = [event_of(one) for one in player.service.store.read("attempts")]
    assert [(one.person, one.command, one.code) for one in tried] == [
        ("X", "Substitute", "R136")
    ] * 2
    root = Absences(player.service, Caller("root", "desk"), Actor("X", "sandbox", "desk"))
    assert isinstance(root.end("M"), tuple)


def test_a_substitute_sent_again_is_answered_as_recorded():
    player = voting("step manager")
    absences = Absences(player.service, NOBODY, Actor("M", "sandbox", "desk"))
    wanted = Substitute("M", "F", date(2026, 3, 2), date(2026, 3, 4))
    assert absences.begin(wanted, command_id="id-1") is None
    before = player.service.store.position()
    assert absences.begin(wanted, command_id="id-1") is None
    assert absences.begin(replace(wanted, by="V"), command_id="id-1").code == "R147"
    assert absences.end("M", command_id="id-1").code == "R147"
    assert player.service.store.position() == before
    assert absences.end("M", command_id="id-2") == (wanted,)
    before = player.service.store.position()
    assert absences.end("M", command_id="id-2") == (wanted,)
    assert player.service.store.position() == before


def test_substitutes_that_cannot_be():
    player = voting("step manager")
    assert substitute(player, "M", "F", (6, 4)).code == "R137"
    assert substitute(player, "M", "F", (1, 1)).code == "R137"
    assert substitute(player, "M", "M", (2, 4)).code == "R139"
    assert substitute(player, "M", "nobody", (2, 4)).code == "R110"
    assert substitute(player, "M", "F", (2, 4)) is None
    assert substitute(player, "M", "V", (4, 6)).code == "R138"
    assert back(player, "V").code == "R146"


def test_a_foreseen_substitute_leaves_no_trace():
    player = voting("step manager")
    absences = Absences(player.service, NOBODY, Actor("M", "sandbox", "desk"))
    wanted = Substitute("M", "F", date(2026, 3, 2), date(2026, 3, 4))
    assert absences.begin(wanted, dry_run=True) is None
    assert waits_for(player, "manager") == {"M"}
    assert player.service.world.directory().substitutes == ()


def test_an_import_of_people_leaves_substitutes_alone():
    player = voting("step manager")
    substitute(player, "M", "F", (2, 6))
    company(player)
    assert waits_for(player, "manager") == {"F"}


def test_a_change_in_the_directory_fills_untouched_tasks_anew():
    player = voting("step manager", "step vp")
    company(player, L={"manager": "F"})
    assert waits_for(player, "manager") == {"F"}
    assert [one.filled.people for one in player.of(RoleFilled)] == [("F",)]
    assert player.refused("M", player.approval("vote.manager")).code == "R101"


def test_what_somebody_has_begun_stays_theirs():
    player = voting("step all of hr, manager as both_say")
    player.approve("H1", "vote.both_say")
    company(player, H1={"groups": ()}, L={"manager": "F"})
    assert waits_for(player, "both_say") == {"F"}
    player.approve("F", "vote.both_say")
    assert status(player) == "approved"


def test_a_claim_stays_too():
    player = voting("step hr")
    player.act("H1", Claim(player.task("vote.hr").id))
    company(player, T={"groups": ("HR",)})
    assert waits_for(player, "hr") == {"H1"}


def test_everyone_in_a_group_is_everyone_who_is_in_it_now():
    player = voting("step board")
    company(player, gone="B2", T={"groups": ("Board",)})
    for person in ("B1", "B3"):
        player.approve(person, "vote.board")
        assert status(player) == "running"
    player.approve("T", "vote.board")
    assert status(player) == "approved"


def test_an_empty_group_passes_nothing():
    player = voting("step board")
    company(player, B1={"groups": ()}, B2={"groups": ()}, B3={"groups": ()})
    assert status(player) == "running"
    assert waits_for(player, "board") == set()
    view = task_view(Reader(player.scope, "en"), player.task("vote.board"), "H1")
    assert view.why


def test_whoever_has_left_may_not_act_under_a_live_account():
    player = voting("step all of manager, hr as both_say")
    player.at("2026-03-03T09:00")
    company(player, H1={"left": date(2026, 3, 3)})
    player.approve("H1", "vote.both_say")
    player = voting("step hr")
    company(player, H1={"left": date(2026, 3, 2)})
    player.at("2026-03-03T00:00")
    assert waits_for(player, "hr") == {"H2"}
    refusal = player.refused("H1", player.approval("vote.hr"))
    assert (refusal.code, refusal.kind) == ("R135", "authority")
    assert player.refused("X", player.approval("vote.hr"), behalf="H1").code == "R135"


def test_the_last_day_passes_without_an_import():
    persons = tuple(
        replace(one, left=date(2026, 3, 5)) if one.id == "M" else one for one in PERSONS
    )
    player = voting("step boss", persons=persons)
    assert waits_for(player, "boss") == {"M"}
    player.at("2026-03-05T23:00")
    assert waits_for(player, "boss") == {"M"}
    player.at("2026-03-06T00:00")
    assert waits_for(player, "boss") == set()
    assert player.task("vote.boss").roles["boss"].lacking == "unnamed"
    assert player.task("boss").kind == "naming"


def test_a_named_person_who_leaves_is_named_anew():
    player = voting("step manager", "step chosen")
    player.approve("M", "vote.manager")
    player.act("H1", Name(player.task("chosen").id, "T"))
    assert waits_for(player, "chosen") == {"T"}
    company(player, T={"left": date(2026, 3, 1)})
    assert waits_for(player, "chosen") == set()
    assert [one.task[-2:] for one in player.of(NamingOpened)] == ["#1", "#2"]
    player.act("H1", Name(player.task("chosen").id, "X"))
    player.approve("X", "vote.chosen")
    assert status(player) == "approved"


def test_a_person_comes_back():
    player = voting("step manager")
    company(player, M={"left": date(2026, 3, 1)})
    assert waits_for(player, "manager") == set()
    view = task_view(Reader(player.scope, "en"), player.task("vote.manager"), "H1")
    assert any("works here no more" in line for line in view.why)
    company(player)
    assert waits_for(player, "manager") == {"M"}
    player.approve("M", "vote.manager")


def test_a_delegate_who_leaves_stands_in_no_longer():
    player = voting("step manager")
    player.act("M", Delegate(player.task("vote.manager").id, "F", ""))
    company(player, F={"left": date(2026, 3, 1)})
    assert waits_for(player, "manager") == {"M"}


def test_a_repeated_import_writes_nothing_into_cases():
    player = voting("step hr")
    before = player.service.store.version(player.case)
    company(player)
    assert player.service.store.version(player.case) == before


def test_acts_carry_what_was_seen_also_in_the_name_of_another():
    player = voting("step manager")
    substitute(player, "M", "F", (2, 6))
    old = application_hash(player.state)
    player.change("big", value=True)
    answer = player.refused("F", Approve(player.task("vote.manager").id, "", old))
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.ids) == ("R109", ("big",))


def test_a_role_found_another_way_asks_for_another_number_of_its_people():
    player = voting("step either")
    assert waits_for(player, "either") == {"V"}
    company(player, gone="V")
    assert waits_for(player, "either") == {"B1", "B2", "B3"}
    player.approve("B1", "vote.either")
    assert waits_for(player, "either") == {"B2", "B3"}
    assert status(player) == "running"


def test_whoever_leaves_holds_no_claim():
    player = voting("step hr")
    player.act("H1", Claim(player.task("vote.hr").id))
    company(player, H1={"left": date(2026, 3, 1)})
    assert waits_for(player, "hr") == {"H2"}
    (released,) = player.of(Released)
    assert sentence(Reader(player.scope, "en"), released).startswith("Baton took the claim")
    player.approve("H2", "vote.hr")
    assert status(player) == "approved"


def test_whoever_stands_in_is_reminded_with_the_absent_one():
    player = Player().resigned()
    assert substitute(player, "L", "T", (2, 20)) is None
    player.at("2026-03-14T09:00")
    (reminder,) = [
        one
        for one in player.of(NoticeQueued)
        if one.reason == "reminder" and one.channel == "sms" and "papers" in one.task
    ]
    assert [to.person for to in reminder.to] == ["L", "T"]
