"""Random statements that tailor a base: every verb, on every kind, with every place."""

from hypothesis import strategies as st

from tests.dsl.generated_values import (
    bounds,
    called,
    channels,
    choice,
    dates,
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

KINDS = (
    "fact", "record", "feed", "role", "table", "item", "approval", "sla", "calendar", "gate",
    "action", "access", "document", "process", "rule", "scenario",
)  # fmt: skip
common = choice(
    said("because {}", texts),
    said("title zh {}", texts),
    said("allow W504 because {}", texts),
    "remove because",
    "remove title zh",
)
LASTING = frozenset(KINDS) - {"scenario"}
rows = st.lists(choice("any", "1..6", "< 9", values), min_size=1, max_size=3).map(
    lambda some: f"| {' | '.join(some)} |"
)
ends = ("at start", "at end")
beside_step = choice(said("after {}", names), said("before {}", names), *ends)
beside_row = choice(said("after {}", rows), said("before {}", rows), *ends)
done = choice(
    "items",
    said("items of {}", names),
    *(said(kind + " {}", names) for kind in ("approval", "item", "gate", "action", "access")),
)
anchors = choice(done, said("stage {}", names))
deciders = choice(names, said("all of {}", name_lists), said("2 of {}", name_lists))
rungs = choice(
    said("remind {} {} before due by {}", parties, durations, channels),
    said("escalate to {} {} after due by {}", parties, durations, channels),
)
CHANGES = {
    "fact": choice(
        said("default {}", values),
        bounds,
        said("from {}", names),
        said("add private to {}", name_lists),
        said("remove set by {}", name_lists),
        said("add choice {}", listed(names, breaks=False)),
        said("remove choice {}", listed(names, breaks=False)),
        "remove default",
        "remove from",
    ),
    "record": choice(
        said("key {}", names), said("add {} {}", names, types), said("remove {}", names)
    ),
    "feed": common,
    "role": choice(
        said("is {}", st.lists(resolvers, min_size=1, max_size=2).map(", otherwise ".join)),
        said("add never {}", name_lists),
        said("remove never {}", name_lists),
    ),
    "table": choice(
        rows, said("add {}", rows), said("add {} {}", rows, beside_row), said("remove {}", rows)
    ),
    "item": choice(
        said("due {}", moments),
        within,
        said("from {} to {}", names, names),
        said("signed by {}", name_lists),
        said("provide {} {}", names, types),
        said("add evidence {}{} file", names, maybe(called)),
        said("add count {} against {}, difference signed by {}", names, paths, names),
        said("add after {}", name_lists),
        said("remove after {}", name_lists),
        said("remove visible to {} read-only", name_lists),
        *(said(f"remove {word} {{}}", names) for word in ("provide", "evidence", "count")),
        *(
            f"remove {word}"
            for word in (
                "due",
                "within",
                "sla",
                "group",
                "applies when",
                "for each",
                "accountable",
                "accepted when",
                "signed by",
                "cause by",
                "copies",
            )
        ),
    ),
    "approval": choice(
        said(
            "add step {}{} {}{}{}",
            deciders,
            maybe(said("as {}", names)),
            beside_step,
            maybe(when),
            maybe(within),
        ),
        said("add step {}", deciders),
        said("step {} as {}", deciders, names),
        said("remove step {}", names),
        "remove on reject",
        "remove on timeout",
        "opinion required",
    ),
    "sla": choice(
        said("add {}", rungs), said("remove {}", rungs), "remove pause while waiting for"
    ),
    "calendar": choice(
        said("add holiday {}", dates),
        said("remove workday {}", dates),
        "week Monday to Friday",
        "remove week",
        "remove hours",
        "remove based on",
    ),
    "gate": choice(
        said("add until {}", expressions),
        said("add holds {}", things),
        said("otherwise say {}", texts),
        "remove otherwise say",
    ),
    "action": choice(
        said("by {}{}", names, maybe(within)), "remove on", "remove call", "remove within"
    ),
    "access": choice("remove grant on", "remove revoke on", "remove transfer to"),
    "document": choice(said("template {}", texts), "remove template"),
    "process": choice(
        said("add {} {}", done, choice("at start", "at end", said("after {}", anchors))),
        said("add stage {} {} before {}", names, called, anchors),
        said("remove {}", done),
        said("remove stage {}", names),
        said("add started by {}", name_lists),
        said("remove follow up {} {}", st.sampled_from(["action", "access"]), names),
    ),
    "rule": choice(
        said("add item {}", names),
        said("remove add item {}", names),
        said("add set {} to {}", names, values),
        "remove when",
    ),
    "scenario": common,
}


def adjusting(kind):
    """An adjustment of a kind."""
    also = ("final", "remove final") if kind in LASTING else ()
    lines = st.lists(choice(CHANGES[kind], common, *also), min_size=1, max_size=4)
    return st.tuples(said(f"adjust {kind} {{}}{{}}", names, maybe(texts)), lines).map(
        lambda found: [found[0], *found[1]]
    )


SIDES = (
    said("after {}", anchors),
    said("before {}", anchors),
    said("together with {}", anchors),
    *map(st.just, ends),
)
process_everywhere = st.tuples(
    said("adjust process {}", names), *(said("add {} {}", done, side) for side in SIDES)
).map(list)
"""Something in every place that a process has."""
adjustment = st.one_of(
    *(adjusting(kind) for kind in KINDS),
    said("add never group {}", texts).map(lambda line: ["adjust audience", line]),
)
removal = said("remove {} {} because {}", st.sampled_from(KINDS), names, texts).map(
    lambda one: [one]
)


def replacement(declarations):
    """A declaration in place of that of the base."""
    return st.one_of(*declarations).map(lambda lines: [f"replace {lines[0]}", *lines[1:]])
