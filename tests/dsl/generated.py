"""Random rulebooks in English text, which together use every clause of the grammar.

`rulebooks()` draws texts that are read without a problem; names need not be declared, since what is
shown with them is about reading and printing. `COMMENTS` draws comments to strew over a text. Each
clause is a strategy that draws its text.
"""

from itertools import chain

from hypothesis import strategies as st

from tests.dsl.generated_calendars import calendar
from tests.dsl.generated_pieces import declaration, headed, several
from tests.dsl.generated_rules import audience, rule
from tests.dsl.generated_scenarios import scenario
from tests.dsl.generated_tailoring import adjustment, process_everywhere, removal, replacement
from tests.dsl.generated_values import (
    arguments,
    because,
    bounds,
    called,
    channels,
    choice,
    durations,
    expressions,
    listed,
    maybe,
    moments,
    name_lists,
    names,
    parties,
    paths,
    resolvers,
    said,
    texts,
    things,
    types,
    values,
    when,
    within,
)

lasting = (because, st.just("final"))
header = declaration(
    headed("rulebook"),
    st.just("version 1.2.0"),
    st.just("jurisdiction CN"),
    st.just("uses calendar CN"),
    st.just('timezone "Asia/Shanghai"'),
    st.just("currency CNY"),
    said("maintained by {}", texts),
    because,
)
fact = declaration(
    headed("fact", said(" {}", types)),
    st.just("optional"),
    said("default {}", values),
    bounds,
    said("from {}", names),
    said("private to {}", name_lists),
    said("set by {}", name_lists),
    *lasting,
)
fields = said(
    "{}{} {}{}{}{}",
    names,
    maybe(called),
    types,
    maybe(bounds),
    maybe(st.just("optional")),
    maybe(said("default {}", values)),
)
record = declaration(
    headed("record"), said("key {}", names), said("held by {}", names), several(fields), *lasting
)
feed = declaration(headed("feed", said(" of {}", names)), *lasting)
ways = st.lists(resolvers, min_size=1, max_size=3).map(", otherwise ".join)
role = declaration(
    headed("role", said(" is {}", ways)),
    said("never {}", name_lists),
    *lasting,
)
signed = said("signed by {}{}", name_lists, maybe(said("then {}", name_lists)))
cells = choice(
    "any", listed(choice(values, "1..6", "< 9", ">= 2.50", "0 CNY..9 CNY"), breaks=False)
)
rows = st.lists(cells, min_size=1, max_size=3).map(lambda some: f"| {' | '.join(some)} |")
given = said(
    "{}{}{}",
    names,
    maybe(st.sampled_from(["integer", "money", "date", "yes/no"])),
    maybe(st.sampled_from(["1..15", "0 CNY..9 CNY", "2026-01-01..2026-03-31"])),
)
table = declaration(
    headed("table", maybe(st.sampled_from(["unique", "first", "collect"]))),
    said("given {}", listed(given)),
    several(said("gives {}{} {}", names, maybe(called), choice("role", types))),
    several(rows, 5),
    *lasting,
)
item = declaration(
    headed("item"),
    said("group {}", names),
    said("applies when {}", expressions),
    said("for each {} in {}{}", names, names, maybe(said("where {}", expressions))),
    said("from {} to {}", names, names),
    said("accountable {}", names),
    several(
        said(
            "provide {}{} {}{}{}{}",
            names,
            maybe(called),
            types,
            maybe(bounds),
            maybe(st.just("optional")),
            maybe(when),
        )
    ),
    several(
        said(
            "evidence {}{} {}{}{}{}",
            names,
            maybe(called),
            types,
            maybe(st.just("optional")),
            maybe(said("from {}", names)),
            maybe(when),
        )
    ),
    several(
        said(
            "count {}{} against {}, difference signed by {}",
            names,
            maybe(called),
            paths,
            names,
        )
    ),
    said("accepted when {}", expressions),
    signed,
    choice(said("due {}", moments), within),
    said("sla {}", names),
    said("after {}", name_lists),
    said("visible to {} read-only", name_lists),
    said("waiver by {} with reason", names),
    said("cause by {} confirmed by {}", names, names),
    said("copies {} to {}", st.integers(1, 5), name_lists),
    *lasting,
)
deciders = choice(
    names,
    said("all of {}", name_lists),
    said("any of {}", name_lists),
    said("{}{}.{}", st.sampled_from(["", "all of ", "any of "]), names, names),
    said("{} of {}", st.integers(1, 3), name_lists),
)
steps = said("step {}{}{}{}", deciders, maybe(said("as {}", names)), maybe(when), maybe(within))
approval = declaration(
    headed("approval"),
    several(steps),
    st.just("opinion required"),
    choice("nobody approves twice", "same approver passes"),
    choice(
        "on reject end",
        said("on reject return to {}{}", names, maybe(said("from step {}", names))),
        said("on reject back to step {}", names),
    ),
    choice(
        said("on timeout escalate to {}", names),
        "on timeout approve",
        "on timeout reject",
        "on timeout remind",
    ),
    *lasting,
)
rungs = choice(
    said("remind {} {} before due by {}", parties, durations, channels),
    said("escalate to {} {} after due by {}", parties, durations, channels),
)
sla = declaration(
    headed("sla", maybe(st.just("default"))),
    several(rungs),
    said("pause while waiting for {}", names),
    *lasting,
)
gate = declaration(
    headed("gate"),
    said("holds {}", listed(choice(things, said("stage {}", names)), breaks=False)),
    several(said("until {}", expressions)),
    said("waiver by {} with reason", names),
    said("otherwise say {}", texts),
    *lasting,
)
by = said("by {}{}", names, maybe(within))
action = declaration(
    headed("action"),
    said("on {}", moments),
    said("call {}.{}{}", names, names, maybe(said("with {}", listed(arguments)))),
    said("releases {}", listed(things, breaks=False)),
    by,
    *lasting,
)
access = declaration(
    headed("access"),
    said("grant on {} to {}", moments, names),
    said("revoke on {} from {}", moments, names),
    said("transfer to {}", names),
    by,
    *lasting,
)
document = declaration(
    headed("document"),
    said("template {}", texts),
    signed,
    said("releases {}", listed(things, breaks=False)),
    *lasting,
)

DONE = ("approval", "item", "gate", "action", "access", "document", "process")
things_to_do = choice(
    "items",
    said("items of {}", names),
    st.deferred(lambda: said("wait until {}", moments)),  # whose text would be long
    *(said(kind + " {}", names) for kind in DONE),
)
doing = said("then {}", things_to_do).map(lambda line: [line])
stages = said("stage {} {}", names, texts).map(lambda line: [line])


def chained(lists):
    """The entries of all lists."""
    return list(chain.from_iterable(lists))


def grouped(inner):
    """A group of a process, its branches indented."""
    branch = st.lists(inner, min_size=1, max_size=2).map(chained)
    indented = branch.map(lambda lines: [f"  {line}" for line in lines])
    together = st.lists(indented, min_size=1, max_size=3).map(
        lambda found: ["then together", *chained([*one, "and"] for one in found)[:-1], "end"]
    )
    choose = st.builds(
        lambda condition, yes, no: [
            f"then if {condition}",
            *yes,
            *(["otherwise", *no] if no else []),
            "end",
        ],
        expressions,
        indented,
        st.one_of(st.just([]), indented),
    )
    return st.one_of(together, choose)


flows = st.lists(
    st.recursive(st.one_of(doing, stages), grouped, max_leaves=6), min_size=1, max_size=4
).map(lambda some: "\n  ".join(chained(some)))
process = st.tuples(
    declaration(
        headed("process"),
        said("started by {}", name_lists),
        said("managed by {}", name_lists),
        several(
            said(
                "follow up {} {} {} after close",
                st.sampled_from(["action", "access"]),
                names,
                durations,
            )
        ),
        *lasting,
    ),
    flows,
).map(lambda both: [*both[0], both[1]])

DECLARATIONS = {
    "fact": fact,
    "record": record,
    "feed": feed,
    "role": role,
    "table": table,
    "item": item,
    "approval": approval,
    "sla": sla,
    "calendar": calendar,
    "gate": gate,
    "action": action,
    "access": access,
    "document": document,
    "process": process,
    "rule": rule,
    "audience": audience,
    "scenario": scenario,
}
TAILORING = {
    "adjust": adjustment,
    "adjust process": process_everywhere,
    "remove": removal,
    "replace": replacement([one for kind, one in DECLARATIONS.items() if kind != "audience"]),
}
DECLARATIONS |= TAILORING
based = declaration(
    headed("rulebook"),
    st.just("version 1.2.0"),
    st.sampled_from(["extends base 1.x", "extends base 1.2.0", "extends base 1.0.0..1.2.x"]),
)
"""Strategies of declarations by kind: a list of lines, the first one is the head."""


def written(lines):
    """A declaration's text."""
    return "\n  ".join(lines) + "\n"


def rulebooks(most=4, kind=None):
    """Texts of whole rulebooks; with a kind, its declarations are all of that kind."""
    some = st.one_of(*DECLARATIONS.values()) if kind is None else DECLARATIONS[kind]
    declarations = st.lists(some.map(written), min_size=kind is not None, max_size=most)
    gaps = st.sampled_from(["", "\n"])
    top = (based if kind in TAILORING else header).map(written)
    return st.builds(lambda first, rest, gap: gap.join([first, *rest]), top, declarations, gaps)
