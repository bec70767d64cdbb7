"""Random scenarios in English text: what is given, who does what, what is expected, and examples in rows."""

from hypothesis import strategies as st

from tests.dsl.generated_pieces import declaration, headed, several
from tests.dsl.generated_values import (
    because,
    case_verbs,
    channels,
    choice,
    dates,
    decisions,
    instants,
    kinds,
    listed,
    maybe,
    names,
    rest_verbs,
    said,
    states,
    targets,
    texts,
    values,
)

entries = listed(said("{} {}", names, values))
at = maybe(said("on {}", instants))
some_text = maybe(texts)
responsible = maybe(said("for {}", listed(targets)))
in_place = maybe(said("in place {}", texts))
who = st.one_of(names, texts)
task_states = st.sampled_from(["open", "overdue", "done", "granted", "revoked"])
reachable = st.sampled_from(["item", "approval", "gate", "action", "document", "stage"])
EXPECTATIONS = [
    said("item {} {}", targets, states),
    said("document {} {}", targets, states),
    said("item {} {}", targets, st.sampled_from(["waived", "refused"])),
    said("{} {} {}", st.sampled_from(["action", "access"]), targets, task_states),
    said("{} {} {}", reachable, targets, st.sampled_from(["reached", "not reached"])),
    said("step {}.{} {}", names, names, st.sampled_from(["reached", "not reached", "skipped"])),
    said("{} {} due {}", st.sampled_from(["item", "approval", "action"]), targets, instants),
    said("{} {} waits for {}", st.sampled_from(["approval", "item", "access"]), targets, who),
    said("approval {} {}", names, decisions),
    said("approval {} returned", names),
    said("gate {} open", names),
    said("gate {} closed{}", names, maybe(said("because {}{}", kinds, targets))),
    said("refused missing {}{}", kinds, targets),
    "refused not allowed",
    "refused too early",
    "refused too late",
    "refused invalid",
    said("refused {}", texts),
    said(
        "{}notified {}{}{}",
        st.sampled_from(["", "not "]),
        who,
        maybe(said("by {}", channels)),
        maybe(said("about {}{}", kinds, targets)),
    ),
    said("nobody notified in group {}", texts),
    said("rule {} {}", names, st.sampled_from(["acted", "not acted"])),
    said("{} {}", st.sampled_from(["warning", "no warning"]), targets),
    said("fact {} is {}", names, values),
    *(
        "case closed",
        "case open",
        "case rejected",
        "case withdrawn",
        "case suspended",
        "case cancelled",
    ),
]
decided = st.sampled_from(["approves", "rejects"])
changing = maybe(said("with {}", entries))
former = maybe(said("from {}", texts))
sides = st.sampled_from(["before", "beside", "after"])
columns = choice(
    names,
    said(
        "{} {}",
        st.sampled_from(["item", "document", "action", "access", "gate", "approval"]),
        targets,
    ),
    said("item {} due", targets),
    said("step {}.{}", names, names),
    said("{} {}", st.sampled_from(["rule", "fact"]), names),
    "refused",
)
samples = choice(
    "",
    values,
    said("missing {}", targets),
    *("waiting", "open", "handed over", "overdue", "done", "not applicable", "waived", "refused"),
    *("granted", "revoked", "closed", "approved", "rejected", "returned", "reached", "not reached"),
    *("skipped", "acted", "not acted", "not allowed", "too early", "too late", "invalid"),
)
scenario_lines = choice(
    said("given {}", entries),
    said("given {} {}", names, entries),
    said("given {} is {}", names, texts),
    said("given everything before {}{} done", kinds, targets),
    said("start{} on {}", maybe(names), instants),
    said("wait until {}", instants),
    said("fact {} becomes {}{}", names, values, at),
    said("{} answers {} {}{}", names, names, st.sampled_from(["ok", "failed"]), at),
    said("{} reports {}{}", names, entries, at),
    said("{} no longer has {}{}", names, texts, at),
    said("{} {}{}{}{}", who, decided, maybe(names), some_text, at),
    said("{} of {} {}{}{}{}", st.integers(1, 3), names, decided, maybe(names), some_text, at),
    said("{} returns{}{}{}", who, maybe(names), some_text, at),
    said("{} resubmits{}{}{}{}", who, maybe(names), changing, some_text, at),
    said("{} names {} as {}{}{}", who, texts, names, responsible, at),
    said("{} hands over {}{}{}{}", who, targets, maybe(entries), in_place, at),
    said(
        "{} {} {}{}{}{}",
        who,
        st.sampled_from(["claims", "gives back"]),
        kinds,
        targets,
        some_text,
        at,
    ),
    said("{} delegates {}{} to {}{}{}", who, kinds, targets, texts, some_text, at),
    said("{} reassigns {}{}{} to {}{}{}", who, kinds, targets, former, texts, some_text, at),
    said("{} adds {} to {}{} {} the others{}{}", who, texts, kinds, targets, sides, some_text, at),
    said("{} removes {} from {}{}{}{}", who, texts, kinds, targets, some_text, at),
    said("{} lets {} stand in from {} to {}{}", who, texts, dates, dates, at),
    said("{} {}{}", who, st.sampled_from(["is back", "leaves"]), at),
    said("{} reopens{}{}", who, some_text, at),
    said("{} counts {} {}{}", names, targets, entries, at),
    said("{} signs {}{}{}{}", names, kinds, targets, some_text, at),
    said("{} refuses {}{}{}{}", names, kinds, targets, some_text, at),
    said("{} waives {}{}{}{}", names, kinds, targets, some_text, at),
    said("{} calls back {}{}{}{}", names, kinds, targets, some_text, at),
    said("{} states cause of {}{}{}", names, targets, some_text, at),
    said("{} confirms cause of {}{}{}", names, targets, some_text, at),
    said("{} refuses cause of {}{}{}", names, targets, some_text, at),
    said("{} completes {}{}{}{}", names, kinds, targets, some_text, at),
    said("{} {}{}{}", names, case_verbs, some_text, at),
    said("{} {} {}{}{}{}", names, rest_verbs, kinds, targets, some_text, at),
    *(said("expect {}", choice(expected)) for expected in EXPECTATIONS),
    said("given as in {}", names),
    said("| example | {} |", st.lists(columns, min_size=1, max_size=3).map(" | ".join)),
    said("| {} | {} |", texts, st.lists(samples, min_size=1, max_size=3).map(" | ".join)),
)
scenario = st.tuples(
    declaration(headed("scenario"), because, said("must fail because {}", texts)),
    several(scenario_lines, 12),
).map(lambda both: [*both[0], both[1]])
