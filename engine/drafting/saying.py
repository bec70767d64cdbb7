"""The lines of scenarios as text: put together in English, and printed in a dialect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dsl.dialects import DialectName, dialect
from dsl.expressions.tree import Wire
from dsl.formatter.expectations import state_word
from dsl.model import (
    ExpectApproval,
    ExpectCase,
    ExpectDue,
    ExpectFact,
    ExpectGate,
    ExpectItem,
    ExpectNotified,
    ExpectReached,
    ExpectRefused,
    ExpectRule,
    ExpectStep,
    ExpectTask,
    ExpectWaiting,
    ExpectWarning,
    Fact,
    GivenAs,
    GivenBefore,
    GivenFacts,
    Rulebook,
    ScenarioLine,
    Start,
    Target,
    Who,
)
from dsl.types import ChoiceType, DateTimeType, DepartmentType, PersonType, TextType, YesNoType
from engine.drafting.clauses import HEAD, name, printed, quoted


class Sentence(NamedTuple):
    """A line in English: what it is about, as the head of a column of examples has it, and what it says."""

    about: str
    says: str


def sentence(rulebook: Rulebook, line: ScenarioLine) -> str:
    """A line of a scenario, in English."""
    facts = {fact.id: fact for fact in rulebook.facts}
    match line:
        case GivenAs(scenario):
            return f"given as in {name(scenario)}"
        case GivenFacts(values):
            said = (f"{name(fact)} {literal(facts[fact], wire)}" for fact, wire in values)
            return f"given {', '.join(said)}"
        case Start(at, process):
            return f"start {f'{name(process)} ' if process else ''}on {_moment(at)}"
        case GivenBefore(target):
            return f"given everything before {_target(target)} done"
        case _:
            return " ".join(["expect", *filter(None, expectation(facts, line))])


def expectation(facts: Mapping[str, Fact], line: ScenarioLine) -> Sentence:  # noqa: C901, PLR0911, PLR0912 - a case each
    """What a line expects, in English, without the word `expect`."""
    match line:
        case ExpectItem(target, state) | ExpectTask(target, state):
            return Sentence(_target(target), _state(state))
        case ExpectApproval(approval, state):
            return Sentence(f"approval {name(approval)}", _state(state))
        case ExpectReached(target, reached):
            return Sentence(_target(target), "reached" if reached else "not reached")
        case ExpectStep(approval, step, state):
            return Sentence(f"step {name(approval)}.{name(step)}", _state(state))
        case ExpectDue(target, at):
            return Sentence(f"{_target(target)} due", _moment(at))
        case ExpectWaiting(target, who):
            return Sentence(_target(target), f"waits for {_who(who)}")
        case ExpectGate(gate, is_open, because):
            why = f" because {_target(because)}" if because else ""
            return Sentence(f"gate {name(gate)}", f"{'open' if is_open else 'closed'}{why}")
        case ExpectRefused(reason, missing, code):
            what = quoted(code) if code else _state(reason)
            return Sentence("refused", f"{what} {name(missing)}" if missing else what)
        case ExpectNotified(who, channel, about, told):
            by = f" by {channel}" if channel else ""
            what = f" about {_target(about)}" if about else ""
            return Sentence("", f"{'' if told else 'not '}notified {_who(who)}{by}{what}")
        case ExpectRule(rule, acted):
            return Sentence(f"rule {name(rule)}", "acted" if acted else "not acted")
        case ExpectWarning(rule, stands, key):
            return Sentence("", f"{'' if stands else 'no '}warning {name(rule)}{_key(key)}")
        case ExpectFact(fact, value):
            # The line says `is` before the value, and a column of examples does not.
            return Sentence(f"fact {name(fact)}", f"is {literal(facts[fact], value)}")
        case ExpectCase(state):
            return Sentence("", f"case {state}")
        case _:
            return Sentence("", "")


def spoken(rulebook: Rulebook, head: str, lines: Sequence[str], to: DialectName) -> Sequence[str]:
    """A scenario as the formatter writes it, a text per line; empty if a line cannot be read.

    Args:
        rulebook: what its names are declared in.
        head: its first line, in English.
        lines: the others, in English.
        to: the dialect.
    """
    known = {
        **{one.id: "role" for one in rulebook.roles},
        **{one.id: "fact" for one in rulebook.facts},
    }
    clauses = {HEAD: head, **{str(at): line for at, line in enumerate(lines)}}
    return tuple(printed(head, clauses, known, to).values())


def literal(fact: Fact, wire: Wire) -> str:
    """A value of a fact, in English."""
    match fact.type:
        case YesNoType():
            return "yes" if wire else "no"
        case ChoiceType():
            return name(str(wire))
        case TextType() | PersonType() | DepartmentType():
            return quoted(str(wire))
        case DateTimeType():
            return _moment(str(wire))
        case _:
            return str(wire)


def _state(state: str) -> str:
    return dialect("en").written[state_word(state)]


def _moment(at: str) -> str:
    return at.replace("T", " ")


def _target(target: Target) -> str:
    return f"{target.kind} {name(target.id)}{_key(target.key)}"


def _key(key: str | None) -> str:
    return "" if key is None else f"[{quoted(key)}]"


def _who(who: Who) -> str:
    return name(who.role or "") if who.name is None else quoted(who.name)
