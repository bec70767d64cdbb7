"""The reference: follows what has happened by rules of its own and objects to what must not be."""

from datetime import datetime

from engine import events as e
from tests.engine.reference.approvals import Place, Step
from tests.engine.reference.clocks import days_after
from tests.engine.reference.declared import Declared
from tests.engine.reference.holdings import FINAL, SETTLED
from tests.engine.reference.telling import Telling


class Reference(Telling):
    """One case. Whatever it asserts is told by the sentence behind the assertion."""

    def __init__(self, book: Declared) -> None:
        super().__init__(book)
        self.status = "open"
        self.spent: dict[str, set[str]] = {}

    def follow(self, event: e.Event, at: datetime, command: str) -> None:
        self.now = at
        self.decides(command)
        self._people_of(event)
        react = getattr(self, f"_{type(event).__name__}", None)
        if react is not None:
            react(event)
        self._timers_of(event)
        self.listen(event)

    def settle(self, now: datetime) -> None:
        """What must hold when everything that follows from an act has happened."""
        self.all_is_said()
        if self.status != "open":
            return
        for task, step in self.steps.items():
            assert step.ended or step.answer() is None, f"{task} is decided and stays open"
            if not step.ended:
                self._nobody_stays(task, step.roles, {*step.yes, *step.no})
        for task, paper in self.papers.items():
            if not paper.done:
                left = {role: of for role, of in paper.roles.items() if role not in paper.signed}
                self._nobody_stays(task, left, set())
        for task, item in self.items.items():
            if item.status in {"open", "handed_over"} and not (item.signed or item.evidence):
                self._nobody_stays(task, item.roles, set())
        self.settle_items()
        self.settle_course()
        self.no_timer_is_lost(now)
        self.settle_moments(now)

    def _nobody_stays(self, task: str, roles: dict[str, set[str]], answered: set[str]) -> None:
        for role, people in roles.items():
            kept_out = self.kept_out(role) - answered
            assert not people & kept_out, f"{kept_out} are kept out of {role} in {task}"

    def agree(self, state) -> None:
        """The engine's state says the same."""
        for task, item in self.items.items():
            found = state.tasks[task]
            assert found.status == item.status, f"{task} is {item.status}"
            signed = {role for one in found.signatures for role in one.roles}
            assert signed == item.signed, f"{task} is signed by {item.signed}"
            assert set(found.evidence) == item.evidence
        for task, paper in self.papers.items():
            signed = {role for one in state.tasks[task].signatures for role in one.roles}
            found = state.tasks[task]
            done = found.ended and found.status != "cancelled"
            assert (signed, done) == (paper.signed, paper.done), f"{task} is so"
            assert done or not found.ended or state.status != "open", (
                f"{task} has ended for nothing"
            )
        for task, step in self.steps.items():
            votes = state.tasks[task].votes
            assert [one.person for one in votes if one.approves] == step.yes, f"yes to {task}"
            assert [one.person for one in votes if not one.approves] == step.no, f"no to {task}"
            assert state.tasks[task].ended == step.ended
        for task, due in self.dues.items():
            assert state.tasks[task].due == due, f"{task} is due then"
        assert set(state.standing) == {
            (owner, e.TimerSet(at, *name))
            for owner, of in self.timers.items()
            for name, at in of.items()
        }, "the timers stand"
        open_items = [one for one in self.items.values() if one.status not in SETTLED]
        assert state.undone_items == len(open_items), "items are counted"
        assert {gate for gate, one in state.gates.items() if one.open} == self.gates

    # the case

    def _CaseOpened(self, event) -> None:  # noqa: N802
        self.subject = event.subject
        self.facts = dict(event.facts)

    def _FactChanged(self, event) -> None:  # noqa: N802
        if event.rule is not None:
            wanted = (event.fact, event.new)
            assert self._rule(event.rule).sets == wanted, f"{event.rule} sets something else"
        self.facts[event.fact] = event.new
        self.rules_look()

    def _CaseClosed(self, event) -> None:  # noqa: N802
        self.status = event.outcome
        if event.outcome == "closed":
            assert all(one.status in SETTLED for one in self.items.values()), "closed too early"
            assert not self.causes, "closed without the cause of a delay"
            self.ends_well()
        else:
            self.gone |= self.dues.keys()
            for step in self.steps.values():
                step.ended = True
            for item in self.items.values():
                item.status = item.status if item.status in FINAL else "cancelled"
        self.timers, self.resting = {}, {}
        self.suspended, self.causes = False, {}

    # approvals

    def _ApprovalBegun(self, event) -> None:  # noqa: N802
        self._comes(f"approval:{event.approval}")
        self.spent[event.approval] = set(event.kept)
        self.approved.discard(event.approval)

    def _ApprovalEnded(self, event) -> None:  # noqa: N802
        if event.outcome == "approved":
            self.approved.add(event.approval)
            self.over.add(f"approval:{event.approval}")

    def _StepOpened(self, event) -> None:  # noqa: N802
        ref = f"{event.approval}.{event.step}"
        roles = {role: set(filled.people) for role, filled in event.roles.items()}
        self.steps[event.task] = Step(self.book, ref, roles, self.facts)
        chosen = {role for place in self.steps[event.task].places for role in place.roles}
        assert set(roles) == chosen, f"{event.task} is another's"
        assert chosen, f"{event.task} is nobody's"
        assert self._is_wanted(ref), f"{event.task} is passed over"
        for people in roles.values():
            self._not_kept_out(event.approval, people)
        if not self.suspended:
            assert event.due == days_after(self.now, self.book.step_days[ref]), (
                f"{event.task} has its days"
            )

    def _is_wanted(self, ref: str) -> bool:
        when = self.book.whens.get(ref)
        return when is None or when(self.facts)

    def _StepSkipped(self, event) -> None:  # noqa: N802
        ref = f"{event.approval}.{event.step}"
        assert self._is_wanted(ref) == (event.why != "condition"), f"{ref} is passed over"
        if event.why == "no_role":
            assert not self.book.places_of(ref, self.facts), f"somebody is collected for {ref}"
        if event.why == "same_approver":
            assert self.book.repeat[event.approval] == "passes", "a yes counts once"
            assert event.person in self.spent[event.approval], f"{event.person} has not approved"

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
        if self.book.repeat.get(approval) == "forbidden":
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
            held = self.steps.get(task) or self.items.get(task) or self.papers.get(task)
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
        if event.role in self.book.never_subject:
            assert event.person != self.subject, "the subject is named to succeed"
        if not event.items:
            self.gone.add(event.task)
            self.named[event.role] = event.person

    def _NamingEnded(self, event) -> None:  # noqa: N802
        self.gone.add(event.task)

    def _NamingOpened(self, event) -> None:  # noqa: N802
        days = self.book.naming_days.get(event.role)
        if not self.suspended:
            wanted = None if days is None else days_after(self.now, days)
            assert event.due == wanted, f"{event.task} has its days"
