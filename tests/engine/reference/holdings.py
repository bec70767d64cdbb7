"""Items a second time: who gives and signs, what is counted, why it is late; and the gates behind them."""

from dataclasses import dataclass, field
from decimal import Decimal

from tests.engine.reference.clocks import days_after
from tests.engine.reference.declared import Declared
from tests.engine.reference.timing import Timing

SETTLED = {"done", "waived", "not_applicable"}
FINAL = {*SETTLED, "cancelled"}
UNTOUCHED = {"waiting", "open"}


@dataclass
class Item:
    """One instance; `key` is its record's, `differs` who must sign what was counted otherwise."""

    book: Declared
    ref: str
    status: str
    roles: dict[str, set[str]]
    key: str | None = None
    signed: set[str] = field(default_factory=set)
    evidence: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    differs: str | None = None

    def missing(self) -> list[str]:
        """The roles of the first turn that has not signed."""
        turns = [*self.book.signers[self.ref], [self.differs] if self.differs else []]
        unsigned = ([role for role in turn if role not in self.signed] for turn in turns)
        return next((turn for turn in unsigned if turn), [])

    def in_the_hands_of(self, person: str, roles: set[str]) -> bool:
        """True unless somebody else of the people asked has claimed it."""
        claimed = self.claims & set().union(*(self.roles[one] for one in roles))
        return not claimed or person in claimed


class Holdings(Timing):
    """What is handed over in a case; `causes` are the delays whose reason is not confirmed yet."""

    def __init__(self, book: Declared) -> None:
        super().__init__(book)
        self.subject = ""
        self.items: dict[str, Item] = {}
        self.listed: set[str] = set()
        self.named: dict[str, str] = {}
        self.causes: dict[str, str] = {}
        self.approved: set[str] = set()
        self.gates: set[str] = set()
        self.waived: set[str] = set()

    def settle_items(self) -> None:
        """Every item, and every gate, is as everything that has happened lets it be."""
        for task, item in self.items.items():
            assert item.status != "handed_over" or item.missing(), f"{task} is signed by all"
            if item.status == "waiting":
                assert not self._may_begin(item.ref), f"{task} waits for nothing"
            if (
                item.status in {"waiting", "open", "handed_over"}
                and item.ref not in self.book.within
            ):
                due, point = self.dues.get(task), self._point(item.ref)
                assert due == point, f"{task} is due at {due}, not at {point}"
            if item.status not in FINAL:
                assert (task in self.paused) == self._awaits(task, item), f"{task} is paused or not"
            if item.status in {*UNTOUCHED, "not_applicable"}:
                applies = self._applies(item)
                assert applies == (item.status in UNTOUCHED), f"{task} applies: {applies}"
        for ref in self.listed & self.book.each.keys():
            there = {one.key for one in self.items.values() if one.ref == ref}
            assert self._keys(ref) <= there, f"{ref} lacks a record"
        for gate, waits in self.book.gates.items():
            holds = all(self._has_come(kind, ref) for kind, ref in waits)
            assert (gate in self.gates) == (holds or gate in self.waived), (
                f"{gate} is as it must be"
            )

    def _has_budget(self, task: str) -> bool:
        item = self.items.get(task)
        return super()._has_budget(task) or (item is not None and item.ref in self.book.within)

    def _awaits(self, task: str, item: Item) -> bool:
        """Its budget stands: the signature of the role that its limit names is the next one."""
        counts = item.status == "handed_over" and item.ref in self.book.within
        return counts and self.book.pause in item.missing() and task not in self.late

    def _passed_by(self) -> set[str]:
        """The items that the case will never come to."""
        return set()

    def _applies(self, item: Item) -> bool:
        applies = self.book.applies.get(item.ref)
        if applies is not None:
            return applies(self.facts)
        return item.ref not in self.book.each or item.key in self._keys(item.ref)

    def _keys(self, ref: str) -> set[str]:
        rows = self.facts.get("projects") or []
        return {row["code"] for row in rows if self.book.each[ref](row)}

    def _has_come(self, kind: str, ref: str) -> bool:
        if kind == "approval":
            return ref in self.approved
        wanted = (self.book.signers.keys() if kind == "items" else {ref}) - self._passed_by()
        # What a rule may add is no part of the list until one has.
        wanted -= {one.adds for one in self.book.rules.values()} - self.listed
        return wanted <= self.listed and all(map(self._all_settled, wanted))

    def _may_begin(self, ref: str) -> bool:
        before = set(self.book.after.get(ref, ())) - self._passed_by()
        return all(one in self.listed and self._all_settled(one) for one in before)

    def _all_settled(self, ref: str) -> bool:
        return all(one.status in SETTLED for one in self.items.values() if one.ref == ref)

    def _ItemsListed(self, event) -> None:  # noqa: N802
        self.listed.add(event.item)
        for one in event.instances:
            assert one.task not in self.items, f"{one.task} is listed twice"
            roles = {role: set(filled.people) for role, filled in event.roles.items()}
            self.items[one.task] = Item(self.book, event.item, one.status, roles, one.key)
            self._falls_due(one.task, one.due)
            if one.status in FINAL:
                self.gone.add(one.task)
            if one.status == "open":
                self._begins(one.task, event.item, one.due)

    def _begins(self, task: str, ref: str, due) -> None:
        assert self._may_begin(ref), f"{task} comes before what it waits for"
        days = self.book.within.get(ref)
        if days is not None and not self.suspended:
            assert due == days_after(self.now, days), f"{task} has its days"

    def _ItemReady(self, event) -> None:  # noqa: N802
        item = self.items[event.task]
        item.status = "open"
        self._begins(event.task, item.ref, event.due)

    def _ItemApplies(self, event) -> None:  # noqa: N802
        item = self.items[event.task]
        assert not item.signed, "what is signed never vanishes"
        assert event.applies == self._applies(item), f"{event.task} applies otherwise"
        applies = "waiting" if event.waiting else "open"
        item.status = applies if event.applies else "not_applicable"
        (self.gone.discard if event.applies else self.gone.add)(event.task)
        self.paused.discard(event.task)
        if event.applies:
            self._falls_due(event.task, event.due)
            if not event.waiting:
                self._begins(event.task, item.ref, event.due)

    def _EvidenceAttached(self, event) -> None:  # noqa: N802
        self.items[event.task].evidence.add(event.evidence)

    def _Counted(self, event) -> None:  # noqa: N802
        item = self.items[event.task]
        against, signer = self.book.counts[item.ref]
        expected = self.facts.get(against)
        if item.key is not None:
            [row] = [one for one in self.facts["projects"] if one["code"] == item.key]
            expected = row.get(against, 3)
        differs = _number(event.found) != _number(expected)
        assert event.signer == (signer if differs else None), f"{event.task} is counted otherwise"
        item.differs = event.signer

    def _HandedOver(self, event) -> None:  # noqa: N802
        item = self.items[event.task]
        assert item.status == "open", f"{event.task} is not there to hand over"
        assert self.book.needed.get(item.ref, set()) <= item.evidence, (
            f"{event.task} lacks evidence"
        )
        giver = self.book.giver[item.ref]
        if event.in_place_of is None:
            assert event.person in item.roles[giver], f"{event.person} does not give {event.task}"
            assert item.in_the_hands_of(event.person, {giver}), f"{event.task} is another's"
        else:
            accountable = item.roles.get(self.book.accountable.get(item.ref, ""))
            # Where nobody is accountable, whoever manages the process stands in.
            assert accountable is None or event.person in accountable, "nobody's place to take"
            assert event.in_place_of == tuple(event.in_place_of), "whose place it was is told"
        item.status = "handed_over"
        item.signed = set(event.roles)

    def _Signed(self, event) -> None:  # noqa: N802
        item = self.items.get(event.task)
        if item is not None:
            assert item.status == "handed_over", f"{event.task} is not handed over"
            missing = set(item.missing())
            assert set(event.roles) <= missing, f"{event.task} is signed out of turn"
            assert all(event.person in item.roles[one] for one in event.roles), "a wrong signer"
            own = event.person == self.subject and self.book.giver[item.ref] == "leaver"
            assert not own or set(event.roles) == {"leaver"}, "nobody takes over from themselves"
            assert item.in_the_hands_of(event.person, missing), f"{event.task} is another's"
            item.signed |= set(event.roles)

    def _ItemRefused(self, event) -> None:  # noqa: N802
        self._open_again(event.task)

    def _CalledBack(self, event) -> None:  # noqa: N802
        item = self.items[event.task]
        assert item.signed <= {self.book.giver[item.ref]}, f"{event.task} has been accepted"
        self._open_again(event.task)

    def _open_again(self, task: str) -> None:
        item = self.items[task]
        assert item.status == "handed_over"
        item.status, item.signed, item.differs = "open", set(), None

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

    # who has taken it upon themself

    def _Claimed(self, event) -> None:  # noqa: N802
        if event.task in self.items:
            self.items[event.task].claims.add(event.person)

    def _Released(self, event) -> None:  # noqa: N802
        if event.task in self.items:
            assert event.person in self.items[event.task].claims, "nothing to give back"
            self.items[event.task].claims.discard(event.person)

    # why it is late

    def _BecameOverdue(self, event) -> None:  # noqa: N802
        due = self.dues.get(event.task)
        if event.task in self.dues:
            assert due is not None, f"{event.task} is late for nothing"
            assert due <= self.now, f"{event.task} is late too early"
            self.late.add(event.task)

    def _CauseAsked(self, event) -> None:  # noqa: N802
        item = self.items[event.item]
        assert item.ref in self.book.causes, f"{event.item} asks for no cause"
        assert item.status not in FINAL, f"{event.item} is over"
        self.causes[event.task] = ""

    def _CauseStated(self, event) -> None:  # noqa: N802
        assert self.causes[event.task] == "", "a cause is stated once"
        assert event.person not in event.filled.people, "nobody confirms their own word"
        self.causes[event.task] = event.person

    def _CauseConfirmed(self, event) -> None:  # noqa: N802
        stated = self.causes.pop(event.task)
        assert stated, "confirmed before it is stated"
        assert event.person != stated, "nobody confirms their own word"

    def _CauseRefused(self, event) -> None:  # noqa: N802
        assert self.causes[event.task], "refused before it is stated"
        self.causes[event.task] = ""

    def _CauseDropped(self, event) -> None:  # noqa: N802
        assert self.causes.pop(event.task) == "", "a stated cause is not dropped"

    # gates

    def _GateOpened(self, event) -> None:  # noqa: N802
        self.gates.add(event.gate)
        if event.waived_by:
            assert event.waived_by != self.subject, "nobody waives for themselves"
            self.waived.add(event.gate)

    def _GateShut(self, event) -> None:  # noqa: N802
        self.gates.discard(event.gate)


def _number(wire) -> Decimal:
    return Decimal(str(wire).removesuffix(" CNY"))
