"""Builders of the clauses of items, approvals and deadlines."""

from __future__ import annotations

from typing import Literal, NamedTuple, cast

from lark.lexer import Token

from dsl import nodes
from dsl.model import Channel
from dsl.parser.build_expressions import whole
from dsl.parser.build_heads import titles_of, type_node
from dsl.parser.kids import (
    Builder,
    Clause,
    Clauses,
    Kids,
    Names,
    bare,
    fills,
    fills_expression,
    fills_names,
    of_name,
    of_text,
    says,
)
from dsl.source import Span

Mode = Literal["one", "all", "any", "count"]


class Deciders(NamedTuple):
    """Who decides a step, and how many of them."""

    roles: tuple[nodes.Name, ...]
    mode: Mode
    quorum: int | None
    chosen: nodes.Path | None
    span: Span


def _for_each(kids: Kids) -> Clause:
    """English names the variable first, Chinese the list."""
    first, second = kids.all(nodes.Name)
    variable, over = (second, first) if kids.has("FOR") else (first, second)
    where = next(iter(kids.expressions()), None)
    return kids.clause("each", nodes.ForEach(variable, over, where, span=kids.span))


def _from_to(kids: Kids) -> Clauses:
    giver, receiver = kids.all(nodes.Name)
    clauses = (Clause("giver", giver, kids.span), Clause("receiver", receiver, kids.span))
    return Clauses(clauses, kids.span)


def _provide(kids: Kids) -> Clause:
    said = {clause.field: clause.value for clause in kids.all(Clause)}
    called = titles_of(kids)
    content = nodes.Content(
        kids.one(nodes.Name),
        called.title,
        type_node(kids),
        optional=kids.has("OPTIONAL"),
        when=cast("nodes.Expression | None", said.get("when")),
        bounds=cast("nodes.Bounds | None", said.get("bounds")),
        titles=called.titles,
        span=kids.span,
    )
    return kids.clause("contents", content, many=True)


def _evidence(kids: Kids) -> Clause:
    said = {clause.field: clause.value for clause in kids.all(Clause)}
    called = titles_of(kids)
    evidence = nodes.Evidence(
        kids.one(nodes.Name),
        called.title,
        type_node(kids),
        optional=kids.has("OPTIONAL"),
        source=cast("nodes.Name | None", said.get("source")),
        when=cast("nodes.Expression | None", said.get("when")),
        titles=called.titles,
        span=kids.span,
    )
    return kids.clause("evidence", evidence, many=True)


def _signers(kids: Kids) -> Clause:
    return kids.clause("signers", tuple(names.names for names in kids.all(Names)))


def _count(kids: Kids) -> Clause:
    names = kids.all(nodes.Name)
    signer = kids.one(Clause).value
    called = titles_of(kids)
    count = nodes.Count(
        names[0],
        called.title,
        kids.one(nodes.Path),
        cast("nodes.Name", signer),
        called.titles,
        span=kids.span,
    )
    return kids.clause("counts", count, many=True)


def _cause(kids: Kids) -> Clause:
    by, confirmer = kids.all(nodes.Name)
    return kids.clause("cause", nodes.Cause(by, confirmer, span=kids.span))


def _copies(kids: Kids) -> Clause:
    number = whole(kids.all(Token)[1])
    return kids.clause("copies", nodes.Copies(number, kids.one(Names).names, span=kids.span))


def _deciders(kids: Kids) -> Deciders:
    chosen, names = kids.maybe(nodes.Path), kids.maybe(Names)
    roles = kids.all(nodes.Name) if names is None else names.names
    number = kids.token("NUMBER")
    if number is not None:
        return Deciders(roles, "count", whole(number), chosen, kids.span)
    if kids.has("ALL_OF", "ANY_OF"):
        return Deciders(roles, "all" if kids.has("ALL_OF") else "any", None, chosen, kids.span)
    return Deciders(roles, "one", None, chosen, kids.span)


def _step(kids: Kids) -> Clause:
    deciders = kids.one(Deciders)
    said = {clause.field: clause.value for clause in kids.all(Clause)}
    step = nodes.Step(
        deciders.roles,
        deciders.mode,
        deciders.quorum,
        cast("nodes.Name | None", said.get("step_id")),
        cast("nodes.Expression | None", said.get("when")),
        cast("nodes.Duration | None", said.get("within")),
        deciders.chosen,
        span=kids.span,
    )
    return kids.clause("steps", step, many=True)


def _says_node(field: str, build: Builder) -> Builder:
    """A clause whose value is a node of its own."""

    def clause(kids: Kids) -> Clause:
        return kids.clause(field, build(kids))

    return clause


def _return_on_reject(kids: Kids) -> nodes.ReturnOnReject:
    role, *step = kids.all(nodes.Name)
    return nodes.ReturnOnReject(role, step[0] if step else None, span=kids.span)


def _decide(kids: Kids) -> nodes.DecideOnTimeout:
    return nodes.DecideOnTimeout(
        "approve" if kids.has("AUTO_APPROVE") else "reject", span=kids.span
    )


def _party(kids: Kids) -> nodes.Party:
    kinds = nodes.PartyName | nodes.SuperiorOf
    return next(child for child in kids.children if isinstance(child, kinds))


def _rung(kids: Kids) -> Clause:
    rung = nodes.Rung(
        _party(kids),
        kids.one(nodes.Duration),
        "before" if kids.has("BEFORE_DUE", "DUE_BEFORE") else "after",
        cast("Channel", kids.all(Token)[-1].type.lower()),
        kids.has("ESCALATE_TO"),
        span=kids.span,
    )
    return kids.clause("rungs", rung, many=True)


def _superior(kids: Kids) -> nodes.SuperiorOf:
    return nodes.SuperiorOf(_party(kids), span=kids.span)


def _held_word(kids: Kids) -> nodes.HeldWord:
    word = kids.one(Token).type.removesuffix("_RIGHTS").lower()
    return nodes.HeldWord(cast("nodes.ThingWord", word), span=kids.span)


def _things(kids: Kids) -> tuple[nodes.Held, ...]:
    kinds = nodes.HeldStage | nodes.HeldWord | nodes.HeldText
    return tuple(child for child in kids.children if isinstance(child, kinds))


def _holds(kids: Kids) -> Clauses:
    clauses = tuple(Clause("holds", thing, thing.span, many=True) for thing in _things(kids))
    return Clauses(clauses, kids.span)


def _releases(kids: Kids) -> Clause:
    return kids.clause("releases", _things(kids))


def _call(kids: Kids) -> Clause:
    system, operation = kids.all(nodes.Name)
    call = nodes.Call(system, operation, kids.expressions(), span=kids.span)
    return kids.clause("call", call)


def _by(kids: Kids) -> Clauses:
    by = Clause("by", kids.one(nodes.Name), kids.span)
    return Clauses((by, *kids.all(Clause)), kids.span)


def _access(moment: str, role: str) -> Builder:
    def build(kids: Kids) -> Clauses:
        when = Clause(moment, kids.expressions()[0], kids.span)
        return Clauses((when, Clause(role, kids.one(nodes.Name), kids.span)), kids.span)

    return build


BUILDERS: dict[str, Builder] = {
    "group": fills("group", nodes.Name),
    "applies": fills_expression("applies"),
    "for_each": _for_each,
    "for_each_of": _for_each,
    "from_to": _from_to,
    "accountable": fills("accountable", nodes.Name),
    "provide": _provide,
    "evidence": _evidence,
    "count": _count,
    "difference": fills("signer", nodes.Name),
    "accepted": fills_expression("accepted"),
    "signers": _signers,
    "due": fills_expression("due"),
    "sla_of_item": fills("sla", nodes.Name),
    "after": fills_names("after"),
    "read_only_for": fills_names("read_only_for"),
    "cause": _cause,
    "copies": _copies,
    "final": says("final", value=True),
    "when": fills_expression("when"),
    "source": fills("source", nodes.Name),
    "waiver": fills("waiver", nodes.Name),
    "step": _step,
    "step_id": fills("step_id", nodes.Name),
    "deciders": _deciders,
    "opinion_required": says("opinion_required", value=True),
    "nobody_twice": says("repeat", value="forbidden"),
    "same_passes": says("repeat", value="passes"),
    "on_reject_end": _says_node("on_reject", bare(nodes.EndOnReject)),
    "on_reject_return": _says_node("on_reject", _return_on_reject),
    "on_reject_back": _says_node("on_reject", of_name(nodes.BackOnReject)),
    "on_timeout_escalate": _says_node("on_timeout", of_name(nodes.EscalateOnTimeout)),
    "on_timeout_decide": _says_node("on_timeout", _decide),
    "on_timeout_remind": _says_node("on_timeout", bare(nodes.RemindOnTimeout)),
    "rung": _rung,
    "pause": fills("pause_waiting_for", nodes.Name),
    "party_name": of_name(nodes.PartyName),
    "superior": _superior,
    "held_stage": of_name(nodes.HeldStage),
    "held_word": _held_word,
    "held_text": of_text(nodes.HeldText),
    "holds": _holds,
    "until": fills_expression("until", many=True),
    "say": fills("say", nodes.Text),
    "on": fills_expression("on"),
    "call": _call,
    "releases": _releases,
    "by": _by,
    "grant": _access("grant_on", "grant_to"),
    "revoke": _access("revoke_on", "revoke_from"),
    "transfer": fills("transfer_to", nodes.Name),
    "template": fills("template", nodes.Text),
}
