"""Random rulebooks: from a seed the text, and beside it what the reference must know of it."""

from random import Random

from tests.engine.reference.declared import (
    Branch,
    Collected,
    Declared,
    Places,
    Rule,
    Rung,
    place_of,
    unfinished,
)
from tests.engine.reference.head import CONDITIONS, DECIDERS, HEAD, RECEIVERS
from tests.engine.reference.tables import Tables


class Drawing:
    """One rulebook as it is being drawn."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - a rulebook is to be drawn again, not to be secret
        self.lines = [HEAD]
        self.book = Declared("", {}, {}, {}, {})
        self.never: set[str] = set()
        self.bonus: set[str] = set()
        self.parts: dict[str, object] = {}
        self.tables = Tables(self.random, DECIDERS)
        self.conditions = CONDITIONS | self.tables.conditions

    def drawn(self) -> Declared:
        """The rulebook."""
        self._ladder()
        self._roles()
        self.book.never_named.update({"board": "successor", "guard": "successor"})
        self._say(*self.tables.lines)
        approvals = [self._approval(name) for name in self._some(("first_look", "clearance"))]
        items = [self._item(f"item{number}", number) for number in range(self.random.randint(2, 5))]
        for held in ("severance", "stage settlement"):
            self._gate(held, approvals, items)
        self._paper("letter")
        self._paper("pledge", "  releases severance")
        self.book.held.update({"document:pledge": "severance", "action:pay": "severance"})
        self._audience()
        if self.random.random() < 0.6:
            self._rules(items)
        if self.random.random() < 0.7:
            self._adds(len(items))
        self._hears(approvals, items)
        self._flow(approvals, items)
        parts = {name: getattr(self.book, name) for name in self.book.__dataclass_fields__}
        parts |= {"text": "\n".join(self.lines), "never_subject": frozenset(self.never)}
        return Declared(**(parts | self.parts))

    def _say(self, *lines: str | None) -> None:
        self.lines += [line for line in lines if line is not None]

    def _maybe(self, line: str, chance: float = 0.5) -> str | None:
        return line if self.random.random() < chance else None

    def _some(self, names: tuple[str, ...]) -> list[str]:
        return list(names[: self.random.randint(1, len(names))])

    def _ladder(self) -> None:
        told = self.random.choice(["giver", "accountable", "receiver", "board", "leaver"])
        over = self.random.choice(["hr", "manager of accountable", "manager of receiver", "giver"])
        by, later = self.random.choices(["sms", "email", "inbox"], k=2)
        self.parts["rungs"] = (Rung("reminder", by, told), Rung("escalation", later, over))
        self.parts["pause"] = role = self.random.choice(["hr", "guard", "manager"])
        self._say(
            f"  remind {told} 2 days before due by {by}",
            f"  escalate to {over} 1 day after due by {later}",
            f"  pause while waiting for {role}",
            "",
        )

    def _roles(self) -> None:
        for role, by in (
            ("successor", "manager"),
            ("mentor", self.random.choice(["hr", "successor"])),
        ):
            days = self.random.choice([None, 1, 2, 4])
            within = ""
            if days is not None:
                self.book.naming_days[role] = days
                within = f" within {days} working days"
            self.never.add(role)
            self._say(f'role {role} "{role}" is named by {by}{within}', "  never leaver")

    def _approval(self, name: str, backs: tuple[str, ...] = ()) -> str:
        """One approval; `backs` are what a rejection may do, where not everything fits."""
        repeat = self.random.choice(["forbidden", "passes", ""])
        self.book.repeat[name] = repeat
        said = {
            "forbidden": "  nobody approves twice",
            "passes": "  same approver passes",
            "": None,
        }
        self._say(f'approval {name} "{name}"')
        steps = [self._step(name, number) for number in range(self.random.randint(1, 4))]
        timeout = self.random.choice(["escalate to vp", "approve", "reject", "remind", ""])
        step = self.random.choice(steps[: max(1, len(steps) - 1)])
        back = self.random.choice(backs or ("end", "return to leaver", f"back to step {step}"))
        self._say(
            said[repeat],
            self._maybe("  opinion required"),
            f"  on reject {back}" if back else None,
            f"  on timeout {timeout}" if timeout else None,
        )
        return name

    def _step(self, approval: str, number: int) -> str:
        days = self.random.randint(1, 4)
        one, two = self.random.sample(DECIDERS, 2)
        kinds: list[tuple[str, Places]] = [
            (one, [place_of(one)]),
            (f"all of {one}, {two}", [place_of(one), place_of(two)]),
            (f"any of {one}, {two}", [((one, two), 1)]),
            ("2 of board", [(("board",), 2)]),
            ("2 of hr, manager, board", [(("hr", "manager", "board"), 2)]),
            ("reviewers.who", []),
            ("all of talks.who", []),
            ("all of talks.who", []),
            ("any of talks.who", []),
        ]
        who, places = self.random.choice(kinds)
        name = f"s{number}"
        ref = f"{approval}.{name}"
        when = self.random.choice(["", "", *self.conditions])
        if when:
            self.book.whens[ref] = self.conditions[when]
        if places:
            self.book.places[ref] = places
        elif "talks" in who:
            self.book.collects[ref] = Collected(self.tables.talks, who.startswith("all"))
        else:
            self.book.tables[ref] = self.tables.reviewers
        self.book.step_days[ref] = days
        condition = f" when {when}" if when else ""
        self._say(f"  step {who} as {name}{condition} within {days} working days")
        return name

    def _item(self, name: str, number: int) -> str:
        book = self.book
        giver, receiver = "leaver", self.random.choice(RECEIVERS)
        if self.random.random() < 0.3:
            giver, receiver = "hr", "leaver"
        book.giver[name], book.receiver[name] = giver, receiver
        self._say(f'item {name} "{name}"', self._when(name), f"  from {giver} to {receiver}")
        if self.random.random() < 0.6:
            book.accountable[name] = "manager"
            self._say("  accountable manager")
        self._content(name)
        self._signers(name, giver, receiver)
        self._time(name, number)
        return name

    def _when(self, name: str) -> str | None:
        kind = self.random.choice(["", "", "each", "when", "when"])
        if kind == "each":
            self.book.each[name] = unfinished
            return "  for each p in projects where p.progress < 100%"
        if kind:
            condition = self.random.choice(list(self.conditions))
            self.book.applies[name] = self.conditions[condition]
            if condition == "known bonus_day":
                self.bonus.add(name)
            return f"  applies when {condition}"
        return None

    def _content(self, name: str) -> None:
        self._say(self._maybe('  provide summary "Summary" text'))
        self._say(self._maybe("  waiver by vp with reason", 0.3))
        if self.random.random() < 0.3:
            self.book.needed[name] = {"register"}
            self._say('  evidence register "Register" file')
        if self.random.random() < 0.4:
            signer = self.random.choice(["hr", "finance", "guard"])
            against = "p.units" if name in self.book.each else "till"
            self.book.counts[name] = (against.rpartition(".")[2], signer)
            self._say(f'  count found "Found" against {against}, difference signed by {signer}')

    def _signers(self, name: str, giver: str, receiver: str) -> None:
        signers = [[giver, receiver]]
        if self.random.random() < 0.5:
            last = self.random.choice([one for one in ("manager", "vp", "board") if one != giver])
            signers.append([last])
            self._say(f"  signed by {giver}, {receiver} then {last}")
        self.book.signers[name] = signers

    def _time(self, name: str, number: int) -> None:
        kind = self.random.choice(["due", "due", "within", "within", ""])
        days = self.random.randint(1, 12)
        fact = "bonus_day" if name in self.bonus else "last_day"
        if kind == "due":
            self.book.due[name] = (fact, days)
            self._say(f"  due {days} working days before {fact}")
        elif kind == "within":
            self.book.within[name] = days
            self._say(f"  within {days} working days")
        if number and self.random.random() < 0.4:
            before = f"item{self.random.randrange(number)}"
            self.book.after[name] = (before,)
            self._say(f"  after {before}")
        if kind and self.random.random() < 0.8:
            by, confirmer = self.book.giver[name], self.random.choice(["manager", "hr"])
            self.book.causes[name] = (by, confirmer)
            self._say(f"  cause by {by} confirmed by {confirmer}")

    def _gate(self, holds: str, approvals: list[str], items: list[str]) -> None:
        name = holds.replace(" ", "_")
        waits = [("items", ""), ("item", items[0]), ("approval", approvals[-1])]
        most = 3 if holds == "severance" else 1
        picked = self.random.sample(waits, self.random.randint(1, most))
        self.book.gates[name] = picked
        said = {
            "items": "every item done",
            "item": f"item {items[0]} done",
            "approval": f"approval {approvals[-1]} approved",
        }
        self._say(
            f'gate {name} "{name}"',
            f"  holds {holds}",
            *(f"  until {said[kind]}" for kind, _ in picked),
            "  waiver by vp with reason",
        )

    def _paper(self, name: str, releases: str | None = None) -> None:
        first, last = self.random.sample(["leaver", "hr", "manager", "finance"], 2)
        self.book.papers[name] = [[first, "guard"], [last]]
        self._say(
            f'document {name} "{name}"',
            '  template "paper.docx"',
            f"  signed by {first}, guard then {last}",
            releases,
        )

    def _rules(self, items: list[str]) -> None:
        """One rule sets the fact that another one waits for."""
        # What gives the car its value cannot wait for it.
        alone = ["grade >= 8", "known bonus_day", "till = 500 CNY", *self.tables.alone]
        condition = self.random.choice(alone)
        self.book.rules["sets"] = Rule(self.conditions[condition], sets=("car", True))
        self._say('rule sets "Sets"', f"  when {condition}", "  set car to yes")
        item = ("item", self.random.choice(items))
        kind, target = self.random.choice([item, item, ("document", "letter"), ("action", "pay")])
        self._approval("exception", ("", "return to leaver"))
        requires = (f"{kind}:{target}", "exception")
        self.book.rules["requires"] = Rule(CONDITIONS["car"], requires=requires)
        self._say(
            'rule requires "Requires"',
            "  when car",
            f"  require approval exception before {kind} {target}",
        )

    def _audience(self) -> None:
        lines = []
        if self.random.random() < 0.7:
            self.parts["never_told"] = "Board"
            lines.append('  never group "Board"')
        if self.random.random() < 0.5:
            self.parts["through"] = "hr"
            lines.append("  external only from hr")
        if self.random.random() < 0.5:
            self.parts["always"] = "finance"
            lines.append("  always finance on item refused")
        if lines:
            self._say("audience", *lines)

    def _adds(self, number: int) -> None:
        """A rule brings an item into a case that runs."""
        self._item("added", number)
        condition = self.random.choice(list(self.conditions))
        self.book.rules["adds"] = Rule(self.conditions[condition], adds="added")
        self._say('rule adds "Adds"', f"  when {condition}", "  add item added")

    def _hears(self, approvals: list[str], items: list[str]) -> None:
        """Rules that tell people of what they hear; two may say the same at once."""
        item, days = self.random.choice(items), self.random.randint(1, 12)
        heard = {
            "opens": "case opens",
            "fact car": "fact car changes",
            "fact last_day": "fact last_day changes",
            "item refused": "item refused",
            f"{item} done": f"item {item} done",
            f"{item} handed over": f"item {item} handed over",
            f"{approvals[0]} approved": f"approval {approvals[0]} approved",
            "": f"{days} working days before last_day",
        }
        for number in range(self.random.randint(1, 5)):
            what, said = self.random.choice(list(heard.items()))
            name, channel = f"hears{number}", self.random.choice(["email", "inbox", "sms"])
            roles = self.random.sample(["hr", "board", "leaver", "manager", "guard", "client"], 3)
            notes = self.random.random() < 0.3
            when = self.random.choice(["", *self.conditions])
            self.book.rules[name] = Rule(
                holds=self.conditions[when] if when else None,
                hears=what or None,
                before=None if what else days,
                tells=((channel, tuple(roles)),),
                notes=notes,
            )
            text = '"{leaver.name}, grade {grade}"'
            self._say(
                f'rule {name} "{name}"',
                f"  whenever {said}",
                f"  when {when}" if when else None,
                f"  notify {', '.join(roles)} by {channel} {text}",
                f"  note {text}" if notes else None,
            )

    def _branch(self, stage: str, things: list[str]) -> list[str]:
        """A fork at the beginning of a stage, with what lies on each of its ways."""
        condition = self.random.choice(list(self.conditions))
        at = self.random.randint(1, len(things))
        then, otherwise = tuple(things[:at]), tuple(things[at:])
        branch = Branch(stage, self.conditions[condition], then, otherwise)
        self.parts["branches"] = (*self.parts.get("branches", ()), branch)
        other = ["  otherwise", *_way(otherwise)] if otherwise else []
        return [f"  then if {condition}", *_way(then), *other, "  end"]

    def _flow(self, approvals: list[str], items: list[str]) -> None:
        self._approval("extra")
        aside = ["approval:extra", f"item:{items[-1]}"]
        last = ["document:letter", "action:pay"]
        self.random.shuffle(aside)
        self.random.shuffle(last)
        days = self.book.waits["action:farewell"] = self.random.randint(1, 12)
        self._say(
            'action farewell "Farewell"',
            "  by hr within 2 working days",
            'action pay "Pay"',
            "  by finance within 5 working days",
            "  releases severance",
            'access mailbox "Mailbox"',
            "  revoke on last_day 17:30 from leaver",
            "  by hr within 2 hours",
            'process leaving "Leaving"',
            "  started by leaver, hr",
            "  managed by hr",
            '  stage application "Application"',
            f"  first approval {approvals[0]}",
            '  stage handover "Handover"',
            *(self._branch("handover", aside) if self.random.random() < 0.6 else []),
            "  then together",
            "    first process handing",
            *(f"  and\n    first approval {one}" for one in approvals[1:]),
            "  and",
            "    first document pledge",
            "  and",
            "    first access mailbox",
            "  and",
            f"    first wait until {days} working days before last_day",
            "    then action farewell",
            "  end",
            '  stage settlement "Settlement"',
            *self._branch("settlement", last),
            'process handing "Handing over"',
            "  first items",
        )


def _way(things: tuple[str, ...]) -> list[str]:
    said = [thing.replace(":", " ") for thing in things]
    return [f"    first {said[0]}", *(f"    then {one}" for one in said[1:])]


def drawn(seed: int) -> Declared:
    """The rulebook of a seed."""
    return Drawing(seed).drawn()
