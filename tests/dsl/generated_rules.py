"""Random rules and audiences: events, effects, texts with placeholders."""

from hypothesis import strategies as st

from tests.dsl.generated_pieces import declaration, headed, several
from tests.dsl.generated_values import (
    arguments,
    because,
    channels,
    choice,
    decisions,
    durations,
    listed,
    maybe,
    messages,
    moments,
    name_lists,
    names,
    parties,
    said,
    texts,
    when,
)

occurrences = choice(
    said("item{} overdue{}", maybe(names), maybe(said("by {}", durations))),
    said(
        "item{} {}",
        maybe(names),
        st.sampled_from(["refused", "handed over", "done", "waived"]),
    ),
    said("approval {} {}", names, decisions),
    said("fact {} changes", names),
    *("case opens", "case closes", "case rejected", "case withdrawn"),
    moments,
)
held = said("{} {}", st.sampled_from(["item", "action", "access", "document", "stage"]), names)
effects = choice(
    said("add item {}", names),
    said("require approval {} before {}", names, held),
    said("notify {} by {} {}", listed(parties), channels, messages),
    said("set {} to {}", names, arguments),
    said("note {}", messages),
    said("escalate to {}", parties),
)
rule = declaration(
    headed("rule"),
    said("whenever {}", occurrences),
    when,
    said("watch each {} in {}", names, names),
    several(effects),
    because,
    st.just("final"),
)
audience = declaration(
    st.just("audience"),
    said("never group {}", listed(texts)),
    said("external only from {}", name_lists),
    several(said("always {} on {}", name_lists, occurrences)),
    because,
    st.just("final"),
)
