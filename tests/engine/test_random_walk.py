"""Random people do random things; after every act everything that must hold is looked at."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands import (
    Answer,
    Approve,
    Attach,
    Comment,
    Complete,
    HandOver,
    Name,
    Provide,
    Refuse,
    Reject,
    Resubmit,
    Return,
    Sign,
    Waive,
    Withdraw,
)
from engine.rejection import Refusal
from engine.seen import application_hash, item_hash
from engine.state import ActionTask, ItemTask, RevisionTask, StepTask, Task
from engine.waiting import people_awaited
from tests.engine.sample.company import PERSONS, PROJECTS, Player, kept
from tests.engine.sample.looking import look_at

PEOPLE = st.sampled_from([one.id for one in PERSONS])
DAYS = st.integers(0, 6)
CHANGES = st.sampled_from(
    [
        ("car", True), ("car", False), ("grade", 9), ("grade", 12), ("kind", "agreement"),
        ("kind", "resignation"), ("last_day", "2026-03-09"), ("last_day", "2026-04-15"),
        ("bonus_day", "2026-03-25"), ("bonus_day", None), ("projects", []),
        ("projects", PROJECTS[:1]), ("projects", PROJECTS), ("salary", "1 CNY"),
        ("hint", "psst"), ("hint", None),
        ("projects", [{"code": "P-1", "name": "Bridge", "progress": "20%"}]),
    ]
)  # fmt: skip
FACTS = st.fixed_dictionaries(
    {
        "grade": st.sampled_from([5, 8, 12]),
        "kind": st.sampled_from(["resignation", "agreement"]),
        "car": st.booleans(),
        "projects": st.sampled_from([[], PROJECTS[:1], PROJECTS]),
    }
)
SUBJECTS = st.sampled_from(["L", "L", "V", "H1", "M"])


class Walk:
    """One case and whoever feels like acting on it."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.player = Player()
        self.day = 2
        self.player.open("H2", subject=data.draw(SUBJECTS), **data.draw(FACTS))

    def step(self) -> None:
        kind = self.data.draw(st.sampled_from(["act", "act", "act", "act", "fact", "wait", "odd"]))
        getattr(self, f"_{kind}")()

    def _wait(self) -> None:
        self.day = min(self.day + self.data.draw(DAYS), 60)
        month, day = (3, self.day) if self.day <= 31 else (4, self.day - 31)
        self.player.at(f"2026-{month:02}-{min(day, 29 + (month == 3) * 2):02}T18:00")

    def _fact(self) -> None:
        fact, value = self.data.draw(CHANGES)
        if self.player.state.status == "open" and "H2" in self._managers():
            self.player.change(fact, value, "H2")

    def _managers(self) -> tuple[str, ...]:
        return self.player.scope.roles.people("hr")

    def _act(self) -> None:
        """Whoever is waited for does what is asked, more or less."""
        tasks = [self.player.state.tasks[one] for one in self.player.state.active]
        if not tasks:
            return
        task = self.data.draw(st.sampled_from(tasks))
        people = people_awaited(self.player.program, task)
        person = self.data.draw(st.sampled_from(people) if people else PEOPLE)
        if isinstance(task, ItemTask) and task.status == "open":
            for evidence in self.player.program.items[task.ref].evidence:
                self._try(person, Attach(task.id, evidence.id, kept("x"), "x", None))
        self._try(person, self._command(task))

    def _odd(self) -> None:
        """Somebody does something that is most likely not theirs to do."""
        task = self.data.draw(st.sampled_from(list(self.player.state.tasks.values())))
        command = self.data.draw(
            st.sampled_from(
                [
                    self._command(task),
                    Waive(task.id, "no need"),
                    Waive("gate:severance", "no need"),
                    Comment("well", task.id),
                    Provide(task.id, {"pages": 3}),
                    Answer("hr_system", "stop", ok=self.data.draw(st.booleans()), note=""),
                    Withdraw("never mind") if self.data.draw(st.booleans()) else Comment("x", None),
                ]
            )
        )
        behalf = self.data.draw(st.none() | PEOPLE)
        system = isinstance(command, Answer)
        person = "system:hr_system" if system else self.data.draw(PEOPLE)
        if isinstance(command, Waive) and self.data.draw(st.booleans()):
            person, behalf = "H1", None
        self._try(person, command, None if system else behalf)

    def _command(self, task: Task):
        seen = application_hash(self.player.state)
        pick = self.data.draw(st.integers(0, 9))
        match task:
            case StepTask():
                no = [Reject(task.id, "no", seen), Return(task.id, "again")]
                return no[pick] if pick < len(no) else Approve(task.id, "fine", seen)
            case RevisionTask():
                return Resubmit(task.id, "", {"remark": f"v{pick}"}, {})
            case ActionTask():
                return Complete(task.id, "done")
            case ItemTask() if task.status == "handed_over":
                return Refuse(task.id, "no") if pick == 0 else Sign(task.id, item_hash(task))
            case ItemTask():
                asked = {one.id for one in self.player.program.items[task.ref].contents}
                return HandOver(task.id, dict.fromkeys(sorted(asked - {"pages"}), "x"))
            case _:
                return Name(task.id, self.data.draw(PEOPLE))

    def _try(self, person: str, command: object, behalf: str | None = None) -> None:
        service, case = self.player.service, self.player.case
        service.advance()
        before = look_at.everything(service, case)
        answer = self.player.attempt(person, command, behalf)
        if isinstance(answer, Refusal):
            after = look_at.everything(service, case)
            assert after.case == before.case
            assert after.attempts == before.attempts + (answer.kind == "authority")


def walk(data: st.DataObject, steps: int) -> None:
    walking = Walk(data)
    for _ in range(steps):
        walking.step()
        if walking.player.state.status != "open":
            break
    _closed_for_a_reason(walking.player)


def _closed_for_a_reason(player: Player) -> None:
    state = player.state
    if state.status == "closed":
        assert not state.undone_items
        assert not state.unlisted
    if state.status == "open":
        assert state.tokens.total() or state.undone_items


@settings(max_examples=40)
@given(st.data())
def test_everything_holds_whatever_people_do(data):
    walk(data, 40)


@pytest.mark.long
@settings(max_examples=300)
@given(st.data())
def test_everything_holds_whatever_people_do_for_long(data):
    walk(data, 120)
