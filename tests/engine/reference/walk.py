"""Somebody does something, drawn from a seed; the reference watches."""

from datetime import date, timedelta
from random import Random

from engine import commands as c
from engine.absences import Absences
from engine.feeding import follow_feed
from engine.feeds import FeedData
from engine.identity import Caller
from engine.people.directory import Substitute
from engine.seen import application_hash, signed_hash
from engine.state import (
    ActionTask,
    CauseTask,
    DocumentTask,
    ItemTask,
    RevisionTask,
    StepTask,
)
from engine.waiting import people_awaited
from tests.engine.reference.declared import SAMPLE, Declared
from tests.engine.reference.model import Reference
from tests.engine.sample.company import PERSONS, PROJECTS, Player, kept, local
from tests.engine.sample.looking import look_at

PEOPLE = [one.id for one in PERSONS]
CHANGES = [
    ("car", True), ("car", False), ("last_day", "2026-03-19"), ("last_day", "2026-04-15"),
    ("bonus_day", "2026-03-25"), ("bonus_day", None), ("projects", []), ("projects", PROJECTS),
    ("till", "480 CNY"), ("till", "500 CNY"), ("grade", 4), ("grade", 9),
]  # fmt: skip


class ReferenceWalk:
    """One case of a rulebook, whoever acts in it, and the reference beside it."""

    def __init__(self, seed: int, book: Declared = SAMPLE) -> None:
        self.random = Random(seed)  # noqa: S311 - a walk is to be repeated, not to be secret
        self.player = Player(book.text)
        self.reference = Reference(book)
        self.followed = 0
        self.willing = self.random.random() < 0.3
        """Everybody does what is asked: the case comes to its end."""
        self.day = date(2026, 3, 2)
        self.player.open(
            "H2",
            subject=self.random.choice(["L", "L", "L", "V", "H1"]),
            grade=self.random.choice([5, 8, 12]),
            last_day=self.random.choice(["2026-03-31", "2026-03-31", "2026-03-11"]),
            car=self.random.random() < 0.5,
            projects=self.random.choice([[], PROJECTS[:1], PROJECTS]),
        )
        self._compare()

    def step(self) -> bool:
        """One more act; False if the case has ended."""
        acts = [self._asked] * 6 + [self._wait]
        if not self.willing:
            acts += [self._asked] * 6
            acts += [self._arrange] * 4 + [self._fact] * 3 + [self._rival] * 2
            acts += [self._odd, self._away, self._import, self._taken_back, self._talk, self._spare]
        self.random.choice(acts)()
        self._compare()
        return self.player.state.status == "open"

    def _compare(self) -> None:
        stored = list(self.player.service.store.read(self.player.case))
        for one in stored[self.followed :]:
            self.reference.follow(look_at.event(one), one.occurred_at, one.command_id)
        self.followed = len(stored)
        self.reference.settle(self.player.scope.now)
        self.reference.agree(self.player.state)

    def _task(self):
        """What is asked for: whoever is willing says why it was late last, and revises late."""
        state = self.player.state
        active = [state.tasks[one] for one in state.active]
        if self.willing:
            late = (CauseTask, RevisionTask) if self.random.random() < 0.7 else CauseTask
            active = [one for one in active if not isinstance(one, late)] or active
        return self.random.choice(active) if active else None

    def _asked(self) -> None:
        task = self._task()
        if task is None:
            self._wait()
            return
        for about, rests in ((None, self.player.state.suspended), (task.id, task.clock)):
            if rests is not None and self.random.random() < 0.3:
                self.player.attempt("H2", c.Resume(about, "well"))
        people = people_awaited(self.player.program, task) or PEOPLE
        self._do(task, self.random.choice(people))

    def _do(self, task, person: str) -> None:
        forgets = self._happens(0.2)
        if isinstance(task, ItemTask) and task.status == "open" and not forgets:
            for one in self.player.program.items[task.ref].evidence:
                self.player.attempt(person, c.Attach(task.id, one.id, kept("x"), "x", None))
        self.player.attempt(person, self._command(task))

    def _command(self, task):
        seen = application_hash(self.player.state)
        exceptional = isinstance(task, StepTask) and task.ref.startswith("exception.")
        no = self.random.random() < 0.4 if exceptional else self._happens(0.12)
        match task:
            case StepTask():
                return (c.Reject if no else c.Approve)(task.id, "so", seen)
            case RevisionTask():
                return c.Resubmit(task.id, "", {}, {})
            case ActionTask():
                return c.Complete(task.id, "done")
            case ItemTask(status="handed_over") | DocumentTask():
                shown = signed_hash(self.player.state, task)
                return c.Refuse(task.id, "no") if no else c.Sign(task.id, shown)
            case ItemTask():
                return c.HandOver(
                    task.id, self._contents(task), self.random.choice(["", "", "ill"])
                )
            case CauseTask() if task.status == "handed_over":
                return c.RefuseCause(task.id, "no") if no else c.ConfirmCause(task.id)
            case CauseTask():
                return c.StateCause(task.id, "too much to do")
            case _:
                return c.Name(task.id, self.random.choice(PEOPLE))

    def _happens(self, chance: float) -> bool:
        return not self.willing and self.random.random() < chance

    def _contents(self, task: ItemTask) -> dict:
        """All that the item asks for; now and then something was miscounted."""
        item = self.player.program.items[task.ref]
        values: dict = {one.id: "x" for one in item.contents if one.id != "pages"}
        found = [2, 3] if task.record else ["480 CNY", "500 CNY"]
        return values | {one.id: self.random.choice(found) for one in item.counts}

    def _taken_back(self) -> None:
        """Whoever has handed something over wants it back, or somebody else does it in their place."""
        items = [one for one in self.player.state.tasks.values() if isinstance(one, ItemTask)]
        if items:
            task = self.random.choice(items)
            commands = [
                c.CallBack(task.id, "a slip"),
                c.HandOver(task.id, self._contents(task), "ill"),
            ]
            given = [one.person for one in task.signatures]
            people = [*given, *people_awaited(self.player.program, task), "M", "H1"]
            self.player.attempt(self.random.choice(people), self.random.choice(commands))

    def _rival(self) -> None:
        """One of several takes something upon themself, and then another of them does it."""
        tasks = [self.player.state.tasks[one] for one in self.player.state.active]
        shared = [one for one in tasks if len(one.owners) > 1]
        if shared:
            task = self.random.choice(shared)
            first, other = self.random.sample(task.owners, 2)
            if not task.claims:
                self.player.attempt(first, c.Claim(task.id))
            self._do(self.player.state.tasks[task.id], other)

    def _import(self) -> None:
        """Another system knows of other projects; the open cases follow."""
        some = self.random.sample(PROJECTS, self.random.randrange(len(PROJECTS) + 1))
        rows = [{**row, "owner": self.player.state.subject} for row in some]
        if rows and self.random.random() < 0.4:
            rows[0]["progress"] = self.random.choice(["100%", "20%"])
        owners = {self.player.state.subject: tuple(range(len(rows)))}
        book = self.player.program.rulebook.id
        self.player.office.import_feed(book, "erp", FeedData(tuple(rows), owners), "erp.csv")
        follow_feed(self.player.service, book, "erp")

    def _arrange(self) -> None:
        task = self._task()
        if task is None:
            return
        rounds = self.player.state.approvals.values()
        approvers = sorted({one for approval in rounds for one in approval.approvers})
        person = self.random.choice(PEOPLE)
        other = self.random.choice(self.random.choice([PEOPLE, approvers or PEOPLE]))
        owners = task.owners or (person,)
        place = self.random.choice(["before", "beside", "after"])
        about = self.random.choice([None, task.id])
        by, command = self.random.choice(
            [
                (self.random.choice(owners), c.Claim(task.id)),
                (self.random.choice(owners), c.Release(task.id)),
                ("H2", c.Release(task.id, self.random.choice(task.claims or (person,)))),
                (self.random.choice(owners), c.Delegate(task.id, other, "help")),
                ("H2", c.Reassign(task.id, self.random.choice(owners), other, "gone")),
                ("H2", c.AddApprover(task.id, other, place, "look too")),
                ("H2", c.RemoveApprover(task.id, self.random.choice(owners), "not needed")),
                ("H2", c.Suspend(about, "ill")),
                ("H2", c.Resume(None, "well")),
                ("H2", c.Resume(task.id, "well")),
            ]
        )
        self.player.attempt(by, command)

    def _odd(self) -> None:
        """Somebody tries what is most likely not theirs, perhaps for somebody else."""
        task = self.random.choice(list(self.player.state.tasks.values()))
        commands = [self._command(task), self._command(task), self._waiver(task)]
        command = self.random.choice(commands)
        person = self.random.choice([self.player.state.subject, self.random.choice(PEOPLE)])
        self.player.attempt(person, command, self.random.choice([None, None, *PEOPLE]))

    def _talk(self) -> None:
        about = self.random.choice([None, *self.player.state.tasks])
        self.player.attempt(self.random.choice(PEOPLE), c.Comment("well", about))

    def _spare(self) -> None:
        """Somebody, perhaps whoever leaves, wants to do without something."""
        person = self.random.choice([self.player.state.subject, "V", "H1"])
        task = self.random.choice(list(self.player.state.tasks.values()))
        self.player.attempt(person, self._waiver(task))

    def _waiver(self, task) -> c.Waive:
        gates = [f"gate:{gate}" for gate in self.reference.book.gates]
        return c.Waive(self.random.choice([task.id, *gates]), "so")

    def _wait(self) -> None:
        self.day = min(self.day + timedelta(days=self.random.randrange(7)), date(2026, 4, 20))
        hour = self.random.choice([10, 15, 18]) if self.day > date(2026, 3, 2) else 9
        if self.player.scope.now < (moment := local(f"{self.day}T{hour:02}:00")):
            self.player.at(f"{self.day}T{hour:02}:00")
            assert all(one.at > moment for _, one in self.player.state.standing), "lost"

    def _fact(self) -> None:
        fact, value = self.random.choice(CHANGES)
        known = {one.id for one in self.player.program.rulebook.facts}
        if self.player.state.subject != "H2" and fact in known:
            self.player.attempt("H2", c.ChangeFact(fact, value, None, "because"))

    def _away(self) -> None:
        person = self.random.choice(PEOPLE)
        by = self.random.choice([self.player.state.subject, *PEOPLE[:6]])
        actor = c.Actor(person, "sandbox", "desk")
        absences = Absences(self.player.service, Caller("nobody", "desk"), actor)
        absences.begin(Substitute(person, by, self.day, self.day + timedelta(days=3)))


def walk(seed: int, steps: int, book: Declared = SAMPLE) -> int:
    """Walk until the case ends or the steps are up; gives how many there were."""
    walking = ReferenceWalk(seed, book)
    for done in range(steps):
        if not walking.step():
            return done + 1
    return steps
