"""What a rulebook says, written down a second time, without the compiler."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from tests.engine.reference.tables import Row, first_of
from tests.engine.sample.company import EXIT

Places = list[tuple[tuple[str, ...], int | None]]
"""The roles that may fill each place of a step, and how many yes it needs; None: of everybody."""


def unfinished(row: dict) -> bool:
    """A project that is not at its end."""
    return Decimal(row["progress"].rstrip("%")) < 100


@dataclass(frozen=True)
class Branch:
    """A fork of the way at the beginning of a stage; `then` and `otherwise` are things (`kind:id`)."""

    stage: str
    holds: Callable[[dict], bool]
    then: tuple[str, ...]
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """What a rule waits for, and what it does.

    Attributes:
        holds: its condition; without anything that it hears or waits for it acts when that comes true.
        hears: what it hears: `opens`, `fact ID`, `APPROVAL approved`, `item refused`, `ITEM done`.
        before: the working days before the leaving day on which it acts.
        sets, requires, adds: a fact, a thing that waits for an approval, an item.
        tells: by which channel it tells which roles; `notes`: it puts the same on record.
    """

    holds: Callable[[dict], bool] | None = None
    hears: str | None = None
    before: int | None = None
    sets: tuple[str, object] | None = None
    requires: tuple[str, str] | None = None
    adds: str | None = None
    tells: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: bool = False

    @property
    def by_itself(self) -> bool:
        """It acts when its condition comes true."""
        return self.holds is not None and self.hears is None and self.before is None

    def is_true(self, facts: dict) -> bool:
        """Its condition holds, if it has one."""
        return self.holds is None or self.holds(facts)


@dataclass(frozen=True)
class Collected:
    """A step for which a table collects roles: all of them decide, or any one."""

    rows: tuple[Row, ...]
    all_of: bool


@dataclass(frozen=True)
class Rung:
    """Who is told before or after the deadline of an item: `who` is a role, or a word for people."""

    reason: str
    channel: str
    who: str


@dataclass(frozen=True)
class Declared:
    """One rulebook: its text, and what the reference knows of it.

    Attributes:
        places: step → places.
        step_days: step → working days.
        repeat: approval → `forbidden`, `passes`, or nothing.
        naming_days: role → working days for naming.
        never_subject: roles that the subject never fills.
        never_named: role → the role whose person, once named, it does not admit.
        giver, signers, after, needed: of each item; `after` names the items before it.
        receiver: item → the role that it is for.
        accountable: item → role that hands over in the giver's place.
        due: item → the fact that it is due by, and the working days before it.
        within: item → working days from the moment at which it opens.
        each: item → which rows of `projects` have an instance of their own.
        applies: item → its condition.
        counts: item → the fact or field that its count is held against, and who signs a difference.
        causes: item → who says why it is late, and who confirms it.
        gates: gate → what it waits for: `("items", "")`, `("item", ID)`, `("approval", ID)`.
        held: thing → the gate that keeps it from coming up.
        papers: document → who signs it, in turns.
        branches: where the way forks, and what lies on each of the two.
        rules: what happens by itself.
        pause: the role for which a budget of an item stands.
        whens: step → its condition.
        tables: step → the rows of the table that chooses its role.
        collects: step → the rows of the table that collects its roles.
        rungs: of the ladder that every item has.
        waits: thing → the working days before the leaving day on which it comes up.
        never_told: the group that is told of nothing but its own tasks.
        through: the role that passes things on to outside parties.
        always: the role that is told of every item that is refused.
    """

    text: str
    places: dict[str, Places]
    step_days: dict[str, int]
    giver: dict[str, str]
    signers: dict[str, list[list[str]]]
    repeat: dict[str, str] = field(default_factory=dict)
    naming_days: dict[str, int] = field(default_factory=dict)
    never_subject: frozenset[str] = frozenset()
    never_named: dict[str, str] = field(default_factory=dict)
    after: dict[str, tuple[str, ...]] = field(default_factory=dict)
    needed: dict[str, set[str]] = field(default_factory=dict)
    receiver: dict[str, str] = field(default_factory=dict)
    accountable: dict[str, str] = field(default_factory=dict)
    due: dict[str, tuple[str, int]] = field(default_factory=dict)
    within: dict[str, int] = field(default_factory=dict)
    each: dict[str, Callable[[dict], bool]] = field(default_factory=dict)
    applies: dict[str, Callable[[dict], bool]] = field(default_factory=dict)
    counts: dict[str, tuple[str, str]] = field(default_factory=dict)
    causes: dict[str, tuple[str, str]] = field(default_factory=dict)
    gates: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)
    papers: dict[str, list[list[str]]] = field(default_factory=dict)
    branches: tuple[Branch, ...] = ()
    rules: dict[str, Rule] = field(default_factory=dict)
    pause: str | None = None
    whens: dict[str, Callable[[dict], bool]] = field(default_factory=dict)
    tables: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    collects: dict[str, Collected] = field(default_factory=dict)
    rungs: tuple[Rung, ...] = ()
    waits: dict[str, int] = field(default_factory=dict)
    never_told: str | None = None
    through: str | None = None
    always: str | None = None

    def places_of(self, step: str, facts: dict) -> Places:
        """The places of a step as it opens; none if nobody is collected for it."""
        if step in self.tables:
            return [place_of(first_of(self.tables[step], facts).role)]
        if step not in self.collects:
            return self.places[step]
        collected = self.collects[step]
        roles = tuple(dict.fromkeys(row.role for row in collected.rows if row.fits(facts)))
        if collected.all_of or len(roles) == 1:
            return [place_of(role) for role in roles]
        return [(roles, 1)] if roles else []


def place_of(role: str) -> tuple[tuple[str, ...], int | None]:
    """The place of one role; of a group that decides together everybody must say yes."""
    return (role,), None if role == "board" else 1


SAMPLE = Declared(
    text=EXIT,
    places={
        "resignation.manager": [(("manager",), 1)],
        "resignation.vp": [(("vp",), 1)],
        "resignation.hr": [(("hr",), 1)],
        "clearance.money": [(("manager",), 1), (("finance",), 1)],
        "clearance.quorum": [(("board",), 2)],
        "clearance.final": [(("hr", "guard"), 1)],
    },
    step_days={
        "resignation.manager": 2,
        "resignation.vp": 3,
        "resignation.hr": 1,
        "clearance.money": 2,
        "clearance.quorum": 2,
        "clearance.final": 1,
    },
    repeat={"resignation": "forbidden"},
    naming_days={"successor": 2},
    never_subject=frozenset({"successor", "mentor"}),
    giver={
        "papers": "leaver",
        "project_handover": "leaver",
        "car_keys": "leaver",
        "bonus_letter": "hr",
        "mentoring": "leaver",
    },
    signers={
        "papers": [["leaver", "hr"], ["manager"]],
        "project_handover": [["leaver", "successor"], ["manager"]],
        "car_keys": [["leaver", "guard"]],
        "bonus_letter": [["hr", "leaver"]],
        "mentoring": [["leaver", "mentor"]],
    },
    after={"car_keys": ("papers",), "mentoring": ("project_handover",)},
    needed={"papers": {"register"}},
    accountable={"papers": "manager", "project_handover": "manager"},
    due={
        "papers": ("last_day", 10),
        "project_handover": ("last_day", 7),
        "car_keys": ("last_day", 0),
        "bonus_letter": ("bonus_day", 0),
    },
    each={"project_handover": unfinished},
    applies={
        "car_keys": lambda facts: facts["car"],
        "bonus_letter": lambda facts: facts.get("bonus_day") is not None,
    },
    gates={
        "severance": [("items", ""), ("approval", "clearance")],
        "paper_gate": [("item", "papers")],
    },
    held={"action:pay": "severance"},
    branches=(Branch("settlement", lambda facts: facts["kind"] != "resignation", ("action:pay",)),),
    whens={
        "resignation.vp": lambda facts: facts["grade"] >= 10,
        "clearance.quorum": lambda facts: facts["grade"] >= 8,
    },
    rungs=(
        Rung("reminder", "sms", "giver"),
        Rung("reminder", "email", "accountable"),
        Rung("escalation", "email", "manager of accountable"),
    ),
)
