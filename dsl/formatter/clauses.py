"""Prints items, approvals, deadlines, gates, actions and accesses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dsl import nodes
from dsl.formatter.expressions import bounds, duration, expression, moment, operand, party
from dsl.formatter.heads import (
    Lines,
    because,
    called,
    clause,
    each,
    head,
    optional,
    titles,
    type_pieces,
    when,
    within,
)
from dsl.formatter.pieces import COMMA, Line, Pieces, Writer, quoted, raw


def _item(writer: Writer, node: nodes.Item) -> Lines:
    yield Line(0, head(writer, node, "ITEM"))
    yield from titles(writer, node.titles)
    yield from _scope(writer, node)
    yield from each("contents", ((one, _content(writer, one)) for one in node.contents))
    yield from each("evidence", ((one, _evidence(writer, one)) for one in node.evidence))
    yield from each("counts", ((one, _count(writer, one)) for one in node.counts))
    accepted = expression(writer, node.accepted)
    yield from clause(writer.maybe("ACCEPTED_WHEN it", accepted), "accepted")
    yield from clause(_signers(writer, node.signers), "signers")
    yield from clause(writer.maybe("DUE it", moment(writer, node.due)), "due")
    yield from clause(within(writer, node.within), "within")
    yield from clause(writer.maybe("SLA it", node.sla), "sla")
    yield from clause(_after(writer, node), "after")
    yield from clause(_readers(writer, node), "read_only_for")
    yield from _waiver(writer, node.waiver)
    yield from clause(_cause(writer, node.cause), "cause")
    yield from clause(_copies(writer, node.copies), "copies")
    yield from because(writer, node)


def _scope(writer: Writer, node: nodes.Item) -> Lines:
    """When there is such an item, and whose it is."""
    yield from clause(writer.maybe("UNDER_GROUP it", node.group), "group")
    yield from clause(writer.maybe("APPLIES_WHEN it", expression(writer, node.applies)), "applies")
    if node.each is not None:
        yield from clause(_for_each(writer, node.each), "each")
    if node.giver is not None:
        ends = writer.fill("FROM giver TO receiver", giver=node.giver, receiver=node.receiver)
        yield from clause(ends, "giver", "receiver")
    yield from clause(writer.maybe("ACCOUNTABLE it", node.accountable), "accountable")


def _for_each(writer: Writer, node: nodes.ForEach) -> Pieces:
    return writer.fill(
        "FOR_EACH variable IN over where",
        "FOR over OF EACH variable where",
        variable=node.variable,
        over=node.over,
        where=writer.maybe("WHERE it", expression(writer, node.where)),
    )


def _content(writer: Writer, node: nodes.Content) -> Pieces:
    return writer.fill(
        "PROVIDE id title type bounds optional when",
        id=node.id,
        title=called(node),
        type=type_pieces(writer, node.type),
        bounds=bounds(node.bounds),
        optional=optional(writer, is_so=node.optional),
        when=when(writer, node.when),
    )


def _evidence(writer: Writer, node: nodes.Evidence) -> Pieces:
    return writer.fill(
        "EVIDENCE id title type optional source when",
        id=node.id,
        title=called(node),
        type=type_pieces(writer, node.type),
        optional=optional(writer, is_so=node.optional),
        source=writer.maybe("COMES_FROM it", node.source),
        when=when(writer, node.when),
    )


def _count(writer: Writer, node: nodes.Count) -> Pieces:
    return writer.fill(
        "COUNTED id title AGAINST against comma DIFFERENCE_SIGNED_BY signer",
        "COUNTED id title AGAINST against comma DIFFERENCE_BY signer COUNTERSIGNS",
        id=node.id,
        title=called(node),
        against=expression(writer, node.against),
        comma=(COMMA,),
        signer=node.signer,
    )


def _cause(writer: Writer, node: nodes.Cause | None) -> Pieces:
    if node is None:
        return ()
    return writer.fill(
        "CAUSE_BY role CONFIRMED_BY confirmer",
        "CAUSE_BY role EXPLAINS comma confirmer CONFIRMS",
        role=node.by,
        comma=(COMMA,),
        confirmer=node.confirmer,
    )


def _copies(writer: Writer, node: nodes.Copies | None) -> Pieces:
    if node is None:
        return ()
    number = raw(str(node.number))
    return writer.fill("COPIES number COPIES_TO names", number=number, names=writer.names(node.to))


def _signers(writer: Writer, signers: tuple[tuple[nodes.Name, ...], ...]) -> Pieces:
    found: Pieces = ()
    for number, names in enumerate(signers):
        template = "AND_THEN names" if number else "SIGNED_BY names"
        found += writer.fill(template, names=writer.names(names))
    return found


def _after(writer: Writer, node: nodes.Item) -> Pieces:
    if not node.after:
        return ()
    return writer.fill(
        "AFTER_ITEMS names", "BEHIND names BEHIND_END", names=writer.names(node.after)
    )


def _readers(writer: Writer, node: nodes.Item) -> Pieces:
    return writer.maybe("VISIBLE_TO it READ_ONLY", writer.names(node.read_only_for))


def _waiver(writer: Writer, role: nodes.Name | None) -> Lines:
    yield from clause(writer.maybe("WAIVER_BY it WITH_REASON", role), "waiver")


def _approval(writer: Writer, node: nodes.Approval) -> Lines:
    yield Line(0, head(writer, node, "APPROVAL"))
    yield from titles(writer, node.titles)
    yield from each("steps", ((one, step(writer, one)) for one in node.steps))
    opinion = writer.word("OPINION_REQUIRED") if node.opinion_required else ()
    yield from clause(opinion, "opinion_required")
    if node.repeat != "allowed":
        terminal = "NOBODY_TWICE" if node.repeat == "forbidden" else "SAME_PASSES"
        yield from clause(writer.word(terminal), "repeat")
    yield from clause(_on_reject(writer, node), "on_reject")
    yield from clause(_on_timeout(writer, node), "on_timeout")
    yield from because(writer, node)


def step(writer: Writer, node: nodes.Step, at: Pieces = ()) -> Pieces:
    """A step; `at` says where it is put, if it is added to others."""
    return writer.fill(
        "STEP deciders id at when within",
        at=at,
        deciders=_deciders(writer, node),
        id=writer.maybe("AS it", node.id),
        when=when(writer, node.when),
        within=within(writer, node.within),
    )


def _deciders(writer: Writer, node: nodes.Step) -> Pieces:
    templates = {
        "one": ("names",),
        "all": ("ALL_OF names",),
        "any": ("ANY_OF names",),
        "count": ("count OF_THEM names", "names AMONG count PEOPLE"),
    }[node.mode]
    names = writer.names(node.roles) or expression(writer, node.chosen)
    return writer.fill(*templates, names=names, count=raw(str(node.count)))


def _on_reject(writer: Writer, node: nodes.Approval) -> Pieces:
    match node.on_reject:
        case None:
            return ()
        case nodes.EndOnReject():
            return writer.fill("ON_REJECT END")
        case nodes.ReturnOnReject(role, step):
            again = writer.maybe("FROM_STEP it", step)
            return writer.fill("ON_REJECT RETURN_TO role again", role=role, again=again)
        case nodes.BackOnReject(step):
            return writer.fill("ON_REJECT BACK_TO_STEP step", step=step)


def _on_timeout(writer: Writer, node: nodes.Approval) -> Pieces:
    match node.on_timeout:
        case None:
            return ()
        case nodes.EscalateOnTimeout(role):
            return writer.fill("ON_TIMEOUT ESCALATE_TO role", role=role)
        case nodes.RemindOnTimeout():
            return writer.fill("ON_TIMEOUT REMIND")
        case nodes.DecideOnTimeout(outcome):
            return writer.fill(f"ON_TIMEOUT AUTO_{outcome.upper()}")


def _sla(writer: Writer, node: nodes.Sla) -> Lines:
    default = writer.word("DEFAULT") if node.default else ()
    yield Line(0, head(writer, node, "SLA") + default)
    yield from titles(writer, node.titles)
    yield from each("rungs", ((one, _rung(writer, one)) for one in node.rungs))
    pause = writer.maybe("PAUSE_WAITING_FOR it", node.pause_waiting_for)
    yield from clause(pause, "pause_waiting_for")
    yield from because(writer, node)


def _rung(writer: Writer, node: nodes.Rung) -> Pieces:
    act = "ESCALATE_TO" if node.escalates else "REMIND"
    side = node.direction.upper()
    return writer.fill(
        f"{act} party limit {side}_DUE BY_CHANNEL {node.channel.upper()}",
        f"{act} party DUE_{side} limit BY_CHANNEL {node.channel.upper()}",
        party=party(writer, node.party),
        limit=duration(writer, node.duration),
    )


def _gate(writer: Writer, node: nodes.Gate) -> Lines:
    yield Line(0, head(writer, node, "GATE"))
    yield from titles(writer, node.titles)
    yield from clause(writer.maybe("HOLDS it", _things(writer, node.holds)), "holds")
    for condition in node.until:
        pieces = writer.fill("UNTIL it", it=expression(writer, condition))
        yield Line(1, pieces, ("until",), (condition.span,))
    yield from _waiver(writer, node.waiver)
    yield from clause(writer.maybe("OTHERWISE_SAY it", quoted(node.say)), "say")
    yield from because(writer, node)


def _things(writer: Writer, things: tuple[nodes.Held, ...]) -> Pieces:
    return writer.listed((thing.span, _thing(writer, thing)) for thing in things)


def _thing(writer: Writer, node: nodes.Held) -> Pieces:
    match node:
        case nodes.HeldStage(stage):
            return writer.fill("STAGE stage", stage=stage)
        case nodes.HeldText(text):
            return quoted(text)
        case nodes.HeldWord(word):
            return writer.word("ACCESS_RIGHTS" if word == "access" else word.upper())


def _by(writer: Writer, node: nodes.Action | nodes.Access) -> Lines:
    if node.by is not None:
        limit = within(writer, node.within)
        yield from clause(writer.fill("BY role limit", role=node.by, limit=limit), "by", "within")


def _action(writer: Writer, node: nodes.Action) -> Lines:
    yield Line(0, head(writer, node, "ACTION"))
    yield from titles(writer, node.titles)
    yield from clause(writer.maybe("ON it", moment(writer, node.on)), "on")
    if node.call is not None:
        yield from clause(_call(writer, node.call), "call")
    yield from _by(writer, node)
    yield from clause(writer.maybe("RELEASES it", _things(writer, node.releases)), "releases")
    yield from because(writer, node)


def _call(writer: Writer, node: nodes.Call) -> Pieces:
    called = nodes.Path((node.system, node.operation), span=node.span)
    given = writer.listed((one.span, operand(writer, one)) for one in node.arguments)
    rest = writer.maybe("WITH it", given)
    return writer.fill("CALL called rest", called=expression(writer, called), rest=rest)


def _access(writer: Writer, node: nodes.Access) -> Lines:
    yield Line(0, head(writer, node, "ACCESS"))
    yield from titles(writer, node.titles)
    if node.grant_on is not None:
        at = moment(writer, node.grant_on)
        pieces = writer.fill("GRANT_ON at GRANT_TO role", at=at, role=node.grant_to)
        yield from clause(pieces, "grant_on", "grant_to")
    if node.revoke_on is not None:
        at = moment(writer, node.revoke_on)
        pieces = writer.fill("REVOKE_ON at REVOKE_FROM role", at=at, role=node.revoke_from)
        yield from clause(pieces, "revoke_on", "revoke_from")
    yield from clause(writer.maybe("TRANSFER_TO it", node.transfer_to), "transfer_to")
    yield from _by(writer, node)
    yield from because(writer, node)


def _document(writer: Writer, node: nodes.Document) -> Lines:
    yield Line(0, head(writer, node, "DOCUMENT"))
    yield from titles(writer, node.titles)
    yield from clause(writer.maybe("TEMPLATE it", quoted(node.template)), "template")
    yield from clause(_signers(writer, node.signers), "signers")
    yield from clause(writer.maybe("RELEASES it", _things(writer, node.releases)), "releases")
    yield from because(writer, node)


PRINTERS: Mapping[type, Callable[[Writer, Any], Lines]] = {
    nodes.Item: _item,
    nodes.Approval: _approval,
    nodes.Sla: _sla,
    nodes.Gate: _gate,
    nodes.Action: _action,
    nodes.Access: _access,
    nodes.Document: _document,
}
