"""What rules hear, say and add a second time: who is told what, what is put on record, who may speak."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engine import events as e
from tests.engine.reference.course import Course
from tests.engine.reference.declared import Declared, Rule
from tests.engine.sample.company import PERSONS

PEOPLE = {one.id: one for one in PERSONS}
GROUPS = {"hr": "HR", "board": "Board", "guard": "Guards"}
POSTS = {"vp": "V", "finance": "F"}
SAID = {"rule", "reminder", "escalation"}
OF_ITEMS = {
    e.ItemRefused: "refused", e.ItemDone: "done", e.HandedOver: "handed over", e.ItemWaived: "waived",
}  # fmt: skip


def members(group: str) -> set[str]:
    return {one.id for one in PERSONS if group in one.groups}


@dataclass
class Owed:
    """Something that a rule, or a rung, is to say: to people by a channel, or, without one, on record."""

    rule: str | None
    task: str | None
    text: str
    channel: str | None = None
    people: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()


class Telling(Course):
    """What is said in a case.

    Attributes:
        heard: the rules that have something to act on: what, and the item that it is about.
        owed: what the rule that has acted last has still to do.
        told: who has been told what in this decision.
        parts: whoever has had a part in the case.
        stand_ins: task → who does it in whose place.
    """

    def __init__(self, book: Declared) -> None:
        super().__init__(book)
        self.heard: set[tuple[str, str | None]] = set()
        self.owed: list[Owed] = []
        self.to_add: set[str] = set()
        self.told: dict[tuple, set[str]] = {}
        self.parts: set[str] = set()
        self.came: set[str] = set()
        self.stand_ins: dict[str, dict[str, str]] = {}
        self.decision = ""

    def decides(self, command: str) -> None:
        """From here on another decision speaks."""
        if command != self.decision:
            self.all_is_said()
            self.decision, self.told = command, {}

    def all_is_said(self) -> None:
        """Every rule has acted on what it heard, if its condition holds, and has done all that it says."""
        self.heard = {(name, task) for name, task in self.heard if self._has_reason(name)}
        assert not self.heard, f"nothing came of {self.heard}"
        assert not self.owed, f"unsaid: {self.owed}"
        assert not self.to_add, f"not added: {self.to_add}"

    def _has_reason(self, name: str) -> bool:
        return name not in self.book.rules or self.book.rules[name].is_true(self.facts)

    def settle_moments(self, now: datetime) -> None:
        """A moment is awaited until it comes; then what waits for it comes up."""
        for number, rule in enumerate(self.book.rules.values()):
            if rule.before is not None:
                self._awaits_point(f"@rule-{number}", ("rule", number), rule.before, now)
        begun = "item0" in self.listed
        for thing, days in self.book.waits.items():
            if begun and thing not in self.came:
                waits = [one for one in {**self.timers, **self.resting} if one.startswith("wait:")]
                assert len(waits) == 1, f"nothing leads to {thing}"
                self._awaits_point(waits[0], ("wait", None), days, now)

    def _awaits_point(self, owner: str, name: tuple, days: int, now: datetime) -> None:
        at = self._days_before_leaving(days)
        standing = {**self.timers, **self.resting}.get(owner, {}).get(name)
        if standing is None:
            assert at <= now, f"{owner} waits for {at} no more"
        else:
            assert standing == at, f"{owner} waits for {standing}, not for {at}"

    def listen(self, event: e.Event) -> None:
        """What an event is to those who hear of it; afterwards it has happened."""
        self.parts |= set(_people_in(event))
        self._stands_in(event)
        if self.status != "open":
            return
        for name, rule in self.book.rules.items():
            if rule.hears is not None and rule.hears in self._names(event):
                self.heard.add((name, getattr(event, "task", None)))
            moves = rule.before is not None and self._moves(event)
            if moves and self._days_before_leaving(rule.before) <= self.now:
                self.heard.add((name, None))
        if isinstance(event, e.ItemRefused) and self._is_item(event.task) and self.book.always:
            self.heard.add(("", event.task))
        if isinstance(event, e.TimerFired) and event.timer.kind == "rule":
            assert event.timer.rung is not None
            self.heard.add((list(self.book.rules)[event.timer.rung], None))

    def _stands_in(self, event: e.Event) -> None:
        match event:
            case e.Delegated() | e.Substituted():
                self.stand_ins.setdefault(event.task, {})[event.person] = event.to
            case e.StandInEnded() | e.Reassigned():
                self.stand_ins.get(event.task, {}).pop(event.person or "", None)
            case e.RoleFilled(tasks=tasks):
                for task in tasks:
                    held = self.items.get(task)
                    owners = set().union(*held.roles.values()) if held else set()
                    for gone in self.stand_ins.get(task, {}).keys() - owners:
                        del self.stand_ins[task][gone]

    def _moves(self, event: e.Event) -> bool:
        opened = isinstance(event, e.CaseOpened)
        return opened or (isinstance(event, e.FactChanged) and event.fact == "last_day")

    def _names(self, event: e.Event) -> set[str]:
        match event:
            case e.CaseOpened():
                return {"opens"}
            case e.FactChanged(fact=fact):
                return {f"fact {fact}"}
            case e.ApprovalEnded(approval=approval, outcome=outcome):
                return {f"{approval} {outcome}"}
        what = OF_ITEMS.get(type(event))
        if what is None or not self._is_item(event.task):
            return set()
        return {f"item {what}", f"{self.items[event.task].ref} {what}"}

    def _is_item(self, task: str | None) -> bool:
        return task in self.items

    # rules

    def _RuleActed(self, event) -> None:  # noqa: N802
        self._has_done_all()
        rule = self.book.rules[event.rule]
        if rule.by_itself:
            super()._RuleActed(event)
        else:
            assert rule.is_true(self.facts), f"{event.rule} has no reason"
            assert (event.rule, event.task) in self.heard, f"{event.rule} acts on nothing"
            self.heard.remove((event.rule, event.task))
        self._owes(event.rule, rule, event.task)

    def _has_done_all(self) -> None:
        assert not self.owed, f"unsaid: {self.owed}"
        assert not self.to_add, f"not added: {self.to_add}"

    def _owes(self, name: str, rule: Rule, task: str | None) -> None:
        text = f"{PEOPLE[self.subject].name}, grade {self.facts['grade']}"
        for channel, roles in rule.tells:
            people = set().union(*(self._people(role, task) for role in roles if role != "client"))
            owed = Owed(name, task, text, channel)
            self._owes_people(owed, people, outside="client" in roles)
        if rule.notes:
            self.owed.append(Owed(name, task, text))
        if rule.adds is not None and rule.adds not in self.listed:
            self.to_add.add(rule.adds)

    def _owes_people(self, owed: Owed, people: set[str], *, outside: bool = False) -> None:
        """Whoever stands in is told too; nobody is told what is not theirs, nor anything twice."""
        task = owed.task
        places = self.stand_ins.get(task or "", {})
        people = people | {by for owner, by in places.items() if owner in people}
        kept = {one for one in people if self._is_barred(one, task)}
        people -= kept
        if outside and self.book.through:
            people |= self._people(self.book.through, None)
        elif outside:
            kept.add("client")
        people -= self.told.get((owed.channel, task, owed.text), set())
        owed.people, owed.kept = frozenset(people), frozenset(kept)
        if people or kept:
            self.owed.append(owed)

    def _TimerFired(self, event) -> None:  # noqa: N802
        super()._TimerFired(event)
        if event.timer.kind == "rung":
            assert not self.owed, f"unsaid: {self.owed}"
            rung = self.book.rungs[event.timer.rung]
            owed = Owed(None, event.owner, rung.reason, rung.channel)
            self._owes_people(owed, self._people(rung.who, event.owner))

    def _people(self, role: str, task: str | None) -> set[str]:
        item = self.items.get(task or "")
        above = role.removeprefix("manager of ")
        if above != role:
            managers = (PEOPLE[one].manager for one in self._people(above, task))
            return {one for one in managers if one}
        if item is not None and role in ("giver", "receiver", "accountable"):
            meant = getattr(self.book, role).get(item.ref)
            return self._people(meant, task) if meant else set()
        if item is not None and role in item.roles:
            return item.roles[role]
        if role == "leaver":
            return {self.subject}
        if role == "manager":
            manager = PEOPLE[self.subject].manager
            return {manager} if manager else set()
        return members(GROUPS[role]) - self.kept_out(role) if role in GROUPS else {POSTS[role]}

    def kept_out(self, role: str) -> set[str]:
        """Whoever was named for what the role does not admit."""
        named = self.named.get(self.book.never_named.get(role, ""))
        return {named} if named else set()

    def _is_barred(self, person: str, task: str | None) -> bool:
        group = self.book.never_told
        if group is None or person not in members(group):
            return False
        held = self.items.get(task or "") or self.papers.get(task or "")
        step = self.steps.get(task or "")
        roles = held.roles if held else step.roles if step else {}
        own = set().union(*roles.values(), step.added if step else set())
        own |= set(self.stand_ins.get(task or "", {}).values())
        own |= set().union(*(place.people for place in step.places)) if step else set()
        return person not in own

    def _NoticeQueued(self, event) -> None:  # noqa: N802
        told = self.told.setdefault((event.channel, event.task, event.text or event.reason), set())
        people = {one.person for one in event.to}
        assert not people & told, f"{people & told} are told twice"
        told |= people
        for one in event.to:
            person = PEOPLE[one.person]
            where = {"sms": person.phone, "email": person.mail}
            assert one.address == where.get(event.channel, person.id), f"{one} gets it elsewhere"
            barred = self._is_barred(one.person, event.task)
            assert not barred or one.passes_to, f"{one.person} is told what is not theirs"
        if event.reason == "always":
            self._always(event.task)
            wanted = self._people(self.book.always or "", None)
            places = self.stand_ins.get(event.task or "", {})
            wanted |= {by for owner, by in places.items() if owner in wanted}
            assert people <= wanted, "told for nothing"
        elif event.reason in SAID:
            owed = self._next_owed(event, event.text or event.reason)
            assert people == owed.people, f"{event.rule} tells {people}, not {owed.people}"
            if owed.kept:
                self.owed.insert(0, owed)
                owed.people = frozenset()

    def _NoticeWithheld(self, event) -> None:  # noqa: N802
        kept = {one.who for one in event.kept}
        if event.reason == "always":
            self._always(event.task)
        elif event.reason in SAID:
            owed = self._next_owed(event, None)
            assert not owed.people, f"{event.rule} does not tell {owed.people}"
            assert kept == owed.kept, f"{event.rule} keeps it from {kept}, not from {owed.kept}"

    def _always(self, task: str | None) -> None:
        self.heard.discard(("", task))

    def _next_owed(self, event, text: str | None) -> Owed:
        assert self.owed, f"{event.rule} says more than it should"
        owed = self.owed.pop(0)
        assert (event.rule, event.task) == (owed.rule, owed.task), f"{event.rule} speaks too early"
        assert text in (None, owed.text), f"{event.rule} says {text}"
        return owed

    def _Noted(self, event) -> None:  # noqa: N802
        owed = self._next_owed(event, event.text)
        assert owed.channel is None, f"{event.rule} notes instead of telling {owed.people}"

    def _ItemsListed(self, event) -> None:  # noqa: N802
        assert (event.item in self.to_add) == (event.rule is not None), f"{event.item} comes in"
        self.to_add.discard(event.item)
        super()._ItemsListed(event)

    # waits

    def _comes(self, thing: str) -> None:
        days = self.book.waits.get(thing)
        early = days is not None and self._days_before_leaving(days) > self.now
        assert not early, f"{thing} comes before its time"
        self.came.add(thing)
        super()._comes(thing)

    # people who speak

    def _Commented(self, event) -> None:  # noqa: N802
        overseers = self._people("hr", None) | self._people("vp", None)
        assert event.person in self.parts | overseers, f"{event.person} has no part in it"


def _people_in(event: e.Event) -> Iterable[str]:
    """Whoever an event gives a part in the case."""
    if isinstance(event, e.NoticeQueued | e.NoticeWithheld | e.Commented):
        return
    for name in ("subject", "opener", "person", "to", "by"):
        found = getattr(event, name, None)
        if isinstance(found, str):
            yield found
    for filled in (*getattr(event, "roles", {}).values(),) if _has_roles(event) else ():
        yield from filled.people
    filled = getattr(event, "filled", None)
    if isinstance(filled, e.Filled):
        yield from filled.people


def _has_roles(event: e.Event) -> bool:
    return isinstance(getattr(event, "roles", None), dict)
