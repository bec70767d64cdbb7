"""The plan of a case that nobody has opened: what would come up, with whom, and by when."""

from engine.commands import Actor, Open
from engine.desk.outcome import foreseen
from engine.state import ItemTask, StepTask
from engine.texts import MESSAGES
from engine.views.plan_ahead import Planned, plan_ahead
from engine.views.reader import Reader
from tests.engine.sample.company import EXIT, FACTS, PROJECTS, Player
from tests.engine.test_rules import MORE


def planned(player: Player, **facts) -> tuple[Planned, ...]:
    command = Open("leaving", "L", {**FACTS, **facts}, {})
    done = player.service.preview_open(player.program, command, Actor("H1", "sandbox", "desk"))
    return plan_ahead(Reader(foreseen(player.service, done, player.program), "en"))


def test_the_plan_is_what_a_case_comes_to():
    facts = {"projects": PROJECTS, "car": True, "grade": 12}
    player = Player()
    plan = planned(player, **facts)
    assert player.service.store.count("cases") == 0
    player.resigned(**facts)
    reader = Reader(player.scope, "en")
    tasks = [one for one in player.state.tasks.values() if isinstance(one, ItemTask)]
    applying = [one for one in tasks if one.status != "not_applicable"]
    items = [one for one in plan if one.kind == "item"]
    assert {(one.title, one.due) for one in items} == {
        (reader.task(one), one.due) for one in applying
    }
    steps = [one for one in player.state.tasks.values() if isinstance(one, StepTask)]
    for task in steps:
        people = {person for filled in task.roles.values() for person in filled.people}
        (step,) = [one for one in plan if one.ref == task.ref]
        # Who has approved before is passed over later on; that cannot be known before.
        assert set(step.people) >= {reader.person(one) for one in people}


def test_a_name_that_is_still_to_be_given_is_told_with_who_gives_it():
    (car,) = [one for one in planned(Player(), car=True) if one.ref == "car_keys"]
    assert (car.people, car.receivers) == (("Li Lei",), ("Gu One",))
    (first, *_) = [one for one in planned(Player(), projects=PROJECTS) if one.ref.startswith("pro")]
    unnamed = MESSAGES.say("en", "plan.unnamed", role="Successor", by="Manager")
    assert first.receivers == (unnamed, "Ma Ming")


def test_only_the_way_that_the_facts_choose_is_told():
    def paid(kind: str) -> bool:
        return "pay" in {one.ref for one in planned(Player(), kind=kind)}

    assert not paid("resignation")
    assert paid("agreement")
    assert "resignation.vp" not in {one.ref for one in planned(Player())}


def test_what_a_rule_would_add_is_part_of_it():
    player = Player(EXIT + MORE + '\nrule debt "Debt"\n  when car\n  add item debt_plan\n')
    assert "debt_plan" in {one.ref for one in planned(player, car=True)}
    assert "debt_plan" not in {one.ref for one in planned(player)}
