"""The course of a case a second time: ways taken, papers signed, what rules set and make wait."""

from dataclasses import dataclass, field

from tests.engine.reference.declared import Branch, Declared, Rule
from tests.engine.reference.holdings import Holdings


@dataclass
class Paper:
    """A document that has come up."""

    turns: list[list[str]]
    roles: dict[str, set[str]]
    signed: set[str] = field(default_factory=set)
    done: bool = False

    def missing(self) -> list[str]:
        """The roles of the first turn that has not signed."""
        unsigned = ([role for role in turn if role not in self.signed] for turn in self.turns)
        return next((turn for turn in unsigned if turn), [])


class Course(Holdings):
    """Where a case goes; things are `kind:id`.

    Attributes:
        ways: stage → the way taken where it begins: true for `then`.
        over: the things that are done for good.
        acted: the rules that have acted since their condition came true.
        required: thing → the approvals that it waits for.
        too_late: things that had happened when a rule would have made them wait.
    """

    def __init__(self, book: Declared) -> None:
        super().__init__(book)
        self.ways: dict[str, bool] = {}
        self.over: set[str] = set()
        self.papers: dict[str, Paper] = {}
        self.acted: set[str] = set()
        self.required: dict[str, set[str]] = {}
        self.too_late: set[str] = set()

    def settle_course(self) -> None:
        """Papers that all have signed are done, and every rule has acted that had reason to."""
        for task, paper in self.papers.items():
            assert paper.done or paper.missing(), f"{task} is signed by all"
        for name, rule in self.book.rules.items():
            if rule.by_itself:
                held = rule.is_true(self.facts)
                assert held == (name in self.acted), f"{name} acts when it must"
            if rule.requires is not None and name in self.acted:
                thing, approval = rule.requires
                waits = approval in self.required.get(thing, ())
                assert waits or thing in self.too_late, f"{thing} waits for {approval}"

    def ends_well(self) -> None:
        """Whatever lay on the way is done, and nothing beside it."""
        for branch in self.book.branches:
            for thing in self._way(branch):
                assert thing in self.over or thing.startswith("item:"), f"{thing} was passed by"
        assert all(paper.done for paper in self.papers.values()), "closed with an open paper"

    def _way(self, branch: Branch) -> tuple[str, ...]:
        return branch.then if self.ways[branch.stage] else branch.otherwise

    def _passed_by(self) -> set[str]:
        """The items that lie on ways that were not taken."""
        there = {one.stage: one for one in self.book.branches if one.stage in self.ways}
        beside = (
            branch.otherwise if self.ways[stage] else branch.then for stage, branch in there.items()
        )
        return {thing.removeprefix("item:") for things in beside for thing in things}

    def _comes(self, thing: str) -> None:
        """It comes up only on its way, and only when nothing holds it."""
        for branch in self.book.branches:
            if thing in (*branch.then, *branch.otherwise):
                assert branch.stage in self.ways, f"{thing} comes before its stage"
                assert thing in self._way(branch), f"{thing} lies on the other way"
        self._nothing_holds(thing)
        if not thing.startswith("item:"):
            self._nothing_lacks(thing)

    def _nothing_holds(self, thing: str) -> None:
        gate = self.book.held.get(thing)
        assert gate is None or gate in self.gates, f"{thing} is held by {gate}"

    def _nothing_lacks(self, thing: str) -> None:
        lacking = self.required.get(thing, set()) - self.approved
        assert not lacking, f"{thing} waits for {lacking}"

    def _StageEntered(self, event) -> None:  # noqa: N802
        for branch in self.book.branches:
            if branch.stage == event.stage:
                self.ways.setdefault(event.stage, branch.holds(self.facts))

    def _ItemsListed(self, event) -> None:  # noqa: N802
        self._comes(f"item:{event.item}")
        super()._ItemsListed(event)

    def _HandedOver(self, event) -> None:  # noqa: N802
        self._nothing_lacks(f"item:{self.items[event.task].ref}")
        super()._HandedOver(event)

    def _ActionOpened(self, event) -> None:  # noqa: N802
        self._comes(f"{'action' if event.operation == 'action' else 'access'}:{event.ref}")

    def _ActionCompleted(self, event) -> None:  # noqa: N802
        super()._ActionCompleted(event)
        self.over.add(f"action:{_ref(event.task)}")

    # papers

    def _DocumentOpened(self, event) -> None:  # noqa: N802
        self._comes(f"document:{event.ref}")
        assert event.task not in self.papers, f"{event.task} comes up twice"
        roles = {role: set(filled.people) for role, filled in event.roles.items()}
        self.papers[event.task] = Paper(self.book.papers[event.ref], roles)

    def _Signed(self, event) -> None:  # noqa: N802
        paper = self.papers.get(event.task)
        if paper is None:
            super()._Signed(event)
            return
        assert not paper.done, f"{event.task} is done"
        self._nothing_holds(f"document:{_ref(event.task)}")
        assert set(event.roles) <= set(paper.missing()), f"{event.task} is signed out of turn"
        assert all(event.person in paper.roles[one] for one in event.roles), "a wrong signer"
        paper.signed |= set(event.roles)

    def _DocumentRefused(self, event) -> None:  # noqa: N802
        self.papers[event.task].signed = set()

    def _DocumentDone(self, event) -> None:  # noqa: N802
        paper = self.papers[event.task]
        assert not paper.missing(), f"{event.task} lacks signatures"
        paper.done = True
        self.gone.add(event.task)
        self.over.add(f"document:{_ref(event.task)}")

    # rules

    def rules_look(self) -> None:
        """A rule whose condition is true no longer acts again once it is."""
        self.acted = {one for one in self.acted if self.book.rules[one].is_true(self.facts)}

    def _rule(self, name: str) -> Rule:
        assert name in self.acted, f"{name} does something without acting"
        return self.book.rules[name]

    def _RuleActed(self, event) -> None:  # noqa: N802
        assert self.book.rules[event.rule].is_true(self.facts), f"{event.rule} has no reason"
        assert event.rule not in self.acted, f"{event.rule} acts again"
        self.acted.add(event.rule)

    def _ApprovalRequired(self, event) -> None:  # noqa: N802
        thing = f"{event.kind}:{event.target}"
        assert self._rule(event.rule).requires == (thing, event.approval), "another thing waits"
        self.required.setdefault(thing, set()).add(event.approval)

    def _RuleFailed(self, event) -> None:  # noqa: N802
        assert event.why == "too_late", f"{event.rule} fails"
        requires = self._rule(event.rule).requires
        assert requires is not None
        kind, ref = requires[0].split(":")
        mine = [one.status for one in self.items.values() if one.ref == ref]
        happened = requires[0] in self.over if kind != "item" else "open" not in mine
        assert happened, f"{requires[0]} could still wait"
        self.too_late.add(requires[0])


def _ref(task: str) -> str:
    return task.partition("/")[2].partition("#")[0]
