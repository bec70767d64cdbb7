"""The reference: follows what has happened by rules of its own and objects to what must not be."""

from dataclasses import dataclass, field
from datetime import datetime

from engine import events as e
from tests.engine.reference.approvals import Place, Step
from tests.engine.reference.clocks import days_after
from tests.engine.reference.declared import (
    AFTER,
    FOUR_EYES,
    GIVER,
    NAMING_DAYS,
    NEEDED,
    NEVER_SUBJECT,
    SIGNERS,
    STEP_DAYS,
)  # fmt: skip
from tests.engine.reference.timing import Timing

SETTLED = {"done", "waived", "not_applicable"}
FINAL = {*SETTLED, "cancelled"}


@dataclass
class Item:
    ref: str
    status: str
    roles: dict[str, set[str]]
    signed: set[str] = field(default_factory=set)
    evidence: set[str] = field(default_factory=set)

    def missing(self) -> list[str]:
        turns = ([role for role in turn if role not in self.signed] for turn in SIGNERS[self.ref])
        return next((turn for turn in turns if turn), [])


class Reference(Timing):
    """One case. Whatever it asserts is told by the sentence behind the assertion."""

    def __init__(self) -> None:
        super().__init__()
        self.subject = ""
        self.status = "open"
        self.items: dict[str, Item] = {}
        self.listed: set[str] = set()
        self.spent: dict[str, set[str]] = {}
        self.approved: set[str] = set()
        self.gates: set[str] = set()
        self.waived: set[str] = set()

    def follow(self, event: e.Event, at: datetime) -> None:
        self.now = at
        self._people_of(event)
        react = getattr(self, f"_{type(event).__name__}", None)
        if react is not None:
            react(event)
        self._timers_of(event)

    def settle(self, now: datetime) -> None:
        """What must hold when everything that follows from an act has happened."""
        if self.status != "open":
            return
        for task, step in self.steps.items():
            assert step.ended or step.answer() is None, f"{task} is decided and stays open"
        for task, item in self.items.items():
            assert item.status != "handed_over" or item.missing(), f"{task} is signed by all"
            if item.status == "waiting":
                assert not self._all_settled(AFTER.get(item.ref, "")), f"{task} waits for nothing"
            if item.status in {"waiting", "open", "handed_over"}:
                due, point = self.dues.get(task), self._point(item.ref)
                assert due == point, f"{task} is due at {due}, not at {point}"
        for gate, holds in (("severance", self._severance()), ("paper_gate", self._papers())):
            assert (gate in self.gates) == (holds or gate in self.waived), (
                f"{gate} is as it must be"
            )
        self.no_timer_is_lost(now)

    def agree(self, state) -> None:
        """The engine's state says the same."""
        for task, item in self.items.items():
            found = state.tasks[task]
            assert found.status == item.status, f"{task} is {item.status}"
            signed = {role for one in found.signatures for role in one.roles}
            assert signed == item.signed, f"{task} is signed by {item.signed}"
            assert set(found.evidence) == item.evidence
        for task, step in self.steps.items():
            votes = state.tasks[task].votes
            assert [one.person for one in votes if one.approves] == step.yes, f"yes to {task}"
            assert [one.person for one in votes if not one.approves] == step.no, f"no to {task}"
            assert state.tasks[task].ended == step.ended
        for task, due in self.dues.items():
            assert state.tasks[task].due == due, f"{task} is due then"
        standing = {id_: at for of in self.timers.values() for id_, at in of.items()}
        assert {one.id: one.at for one in state.timers.values()} == standing, "the timers stand"
        open_items = [one for one in self.items.values() if one.status not in SETTLED]
        assert state.undone_items == len(open_items), "items are counted"
        assert {gate for gate, one in state.gates.items() if one.open} == self.gates

    # the case

    def _CaseOpened(self, event) -> None:  # noqa: N802
        self.subject = event.subject
        self.facts = dict(event.facts)

    def _FactChanged(self, event) -> None:  # noqa: N802
        self.facts[event.fact] = event.new

    def _CaseClosed(self, event) -> None:  # noqa: N802
        self.status = event.outcome
        if event.outcome == "closed":
            assert all(one.status in SETTLED for one in self.items.values()), "closed too early"
        else:
            self.gone |= self.dues.keys()
            for step in self.steps.values():
                step.ended = True
            for item in self.items.values():
                item.status = item.status if item.status in FINAL else "cancelled"
        self.timers, self.resting = {}, {}
        self.suspended = False

    # approvals

    def _ApprovalBegun(self, event) -> None:  # noqa: N802
        self.spent[event.approval] = set(event.kept)
        self.approved.discard(event.approval)

    def _ApprovalEnded(self, event) -> None:  # noqa: N802
        if event.outcome == "approved":
            self.approved.add(event.approval)

    def _StepOpened(self, event) -> None:  # noqa: N802
        ref = f"{event.approval}.{event.step}"
        roles = {role: set(filled.people) for role, filled in event.roles.items()}
        self.steps[event.task] = Step(ref, roles)
        for people in roles.values():
            self._not_kept_out(event.approval, people)
        if not self.suspended:
            assert event.due == days_after(self.now, STEP_DAYS[ref]), f"{event.task} has its days"

    def _Approved(self, event) -> None:  # noqa: N802
        self._hears(event).yes.append(event.person)
        self.spent[event.task.split("/")[1].split(".")[0]] |= self._hands(event)

    def _Rejected(self, event) -> None:  # noqa: N802
        self._hears(event).no.append(event.person)

    def _Returned(self, event) -> None:  # noqa: N802
        self.steps[event.task].sent_back = True

    def _StepEnded(self, event) -> None:  # noqa: N802
        step = self.steps[event.task]
        step.ended = True
        self.gone.add(event.task)
        if not step.sent_back and not event.by_timeout:
            assert step.answer() is (event.outcome == "approved"), f"{event.task} counts otherwise"

    def _Escalated(self, event) -> None:  # noqa: N802
        step = self.steps[event.task]
        self._not_kept_out(step.ref.partition(".")[0], set(event.filled.people))
        step.added |= set(event.filled.people)

    def _ApproverAdded(self, event) -> None:  # noqa: N802
        step = self.steps[event.task]
        self._not_kept_out(step.ref.partition(".")[0], {event.person})
        step.places.append(Place((), 1, {event.person}, event.turn))

    def _ApproverRemoved(self, event) -> None:  # noqa: N802
        self.steps[event.task].remove(event.person)

    def _hears(self, event) -> Step:
        step = self.steps[event.task]
        assert not step.ended, f"{event.task} is over"
        assert not self._rests(event.task), f"{event.task} stands still"
        assert step.may_answer(event.person), f"{event.person} is not asked in {event.task}"
        self._not_kept_out(step.ref.partition(".")[0], self._hands(event))
        return step

    def _hands(self, event) -> set[str]:
        return {event.person} | ({event.by} if event.by else set())

    def _not_kept_out(self, approval: str, people: set[str]) -> None:
        assert self.subject not in people, "nobody approves for themselves"
        if approval in FOUR_EYES:
            assert not people & self.spent[approval], "nobody approves twice"

    # who does it

    def _Substituted(self, event) -> None:  # noqa: N802
        assert event.to != self.subject, "the subject stands in for nobody"
        if event.task in self.steps:
            self._not_kept_out(self.steps[event.task].ref.partition(".")[0], {event.to})

    _Delegated = _Substituted

    def _Reassigned(self, event) -> None:  # noqa: N802
        step = self.steps.get(event.task)
        if step is not None:
            self._not_kept_out(step.ref.partition(".")[0], {event.to})
            if event.person is not None:
                step.swap(event.person, event.to)

    def _people_of(self, event) -> None:
        """Roles that an event fills anew in tasks that exist already."""
        if isinstance(event, e.RoleFilled):
            new = {event.role: event.filled}
            tasks = event.tasks
        elif isinstance(event, e.Reassigned):
            new, tasks = event.roles, (event.task,)
        else:
            return
        for task in tasks:
            held = self.steps.get(task) or self.items.get(task)
            if isinstance(event, e.RoleFilled) and task in self.steps:
                step = self.steps[task]
                busy = step.roles.get(event.role, set()) & {*step.yes, *step.no}
                assert busy <= set(event.filled.people), "what somebody has answered stays theirs"
            if held is not None:
                held.roles = held.roles | {role: set(one.people) for role, one in new.items()}
            if task in self.steps:
                for one in new.values():
                    self._not_self(one.people)

    def _not_self(self, people) -> None:
        assert self.subject not in people, "nobody approves for themselves"

    def _Named(self, event) -> None:  # noqa: N802
        if event.role in NEVER_SUBJECT:
            assert event.person != self.subject, "the subject is named to succeed"
        if not event.items:
            self.gone.add(event.task)

    def _NamingEnded(self, event) -> None:  # noqa: N802
        self.gone.add(event.task)

    def _NamingOpened(self, event) -> None:  # noqa: N802
        days = NAMING_DAYS.get(event.role)
        if not self.suspended:
            wanted = None if days is None else days_after(self.now, days)
            assert event.due == wanted, f"{event.task} has its days"

    # items

    def _ItemsListed(self, event) -> None:  # noqa: N802
        self.listed.add(event.item)
        for one in event.instances:
            roles = {role: set(filled.people) for role, filled in event.roles.items()}
            self.items[one.task] = Item(event.item, one.status, roles)
            self.dues[one.task] = one.due
            if one.status in FINAL:
                self.gone.add(one.task)

    def _ItemReady(self, event) -> None:  # noqa: N802
        item = self.items[event.task]
        assert self._all_settled(AFTER[item.ref]), f"{event.task} comes before what it waits for"
        item.status = "open"

    def _ItemApplies(self, event) -> None:  # noqa: N802
        item = self.items[event.task]
        assert not item.signed, "what is signed never vanishes"
        applies = "waiting" if event.waiting else "open"
        item.status = applies if event.applies else "not_applicable"
        (self.gone.discard if event.applies else self.gone.add)(event.task)
        if event.applies:
            self.dues[event.task] = event.due

    def _EvidenceAttached(self, event) -> None:  # noqa: N802
        self.items[event.task].evidence.add(event.evidence)

    def _HandedOver(self, event) -> None:  # noqa: N802
        item = self.items[event.task]
        assert item.status == "open", f"{event.task} is not there to hand over"
        assert NEEDED.get(item.ref, set()) <= item.evidence, f"{event.task} lacks evidence"
        allowed = event.in_place_of is not None or event.person in item.roles[GIVER[item.ref]]
        assert allowed, f"{event.person} does not give {event.task}"
        item.status = "handed_over"
        item.signed = set(event.roles)

    def _Signed(self, event) -> None:  # noqa: N802
        item = self.items.get(event.task)
        if item is not None:
            assert item.status == "handed_over", f"{event.task} is not handed over"
            assert set(event.roles) <= set(item.missing()), f"{event.task} is signed out of turn"
            assert all(event.person in item.roles[one] for one in event.roles), "a wrong signer"
            item.signed |= set(event.roles)

    def _ItemRefused(self, event) -> None:  # noqa: N802
        assert self.items[event.task].status == "handed_over"
        self.items[event.task].status = "open"
        self.items[event.task].signed = set()

    _CalledBack = _ItemRefused

    def _ItemWaived(self, event) -> None:  # noqa: N802
        assert event.person != self.subject, "nobody waives for themselves"
        self._end_item(event.task, "waived")

    def _ItemDone(self, event) -> None:  # noqa: N802
        assert self.items[event.task].status == "handed_over"
        assert not self.items[event.task].missing(), f"{event.task} lacks signatures"
        self._end_item(event.task, "done")

    def _end_item(self, task: str, status: str) -> None:
        self.items[task].status = status
        self.gone.add(task)

    def _ActionCompleted(self, event) -> None:  # noqa: N802
        self.gone.add(event.task)

    def _all_settled(self, ref: str) -> bool:
        return all(one.status in SETTLED for one in self.items.values() if one.ref == ref)

    # gates

    def _GateOpened(self, event) -> None:  # noqa: N802
        self.gates.add(event.gate)
        if event.waived_by:
            assert event.waived_by != self.subject, "nobody waives for themselves"
            self.waived.add(event.gate)

    def _GateShut(self, event) -> None:  # noqa: N802
        self.gates.discard(event.gate)

    def _severance(self) -> bool:
        done = self.listed == SIGNERS.keys() and all(map(self._all_settled, SIGNERS))
        return done and "clearance" in self.approved

    def _papers(self) -> bool:
        return "papers" in self.listed and self._all_settled("papers")
