"""Time limits, gates, actions, accesses and documents."""

from __future__ import annotations

from dsl import model, nodes
from dsl.expressions import tree
from dsl.resolve.desk import Desk
from dsl.resolve.expressions import frame_for
from dsl.resolve.expressions.literals import span_of
from dsl.resolve.expressions.moments import moment
from dsl.resolve.parties import resolve_party
from dsl.resolve.roles import budget
from dsl.resolve.types import titles_of

LADDER_WORDS = frozenset(("giver", "receiver", "accountable", "approver"))


def resolve_sla(desk: Desk, node: nodes.Sla) -> model.Sla | None:
    """A ladder of reminders and escalations."""
    rungs: list[model.Rung] = []
    for number, each in enumerate(node.rungs):
        desk.place(f"rungs.{number}", each)
        party = resolve_party(desk, each.party, LADDER_WORDS)
        if party is not None:
            duration = span_of(desk, each.duration)
            rungs.append(model.Rung(party, duration, each.direction, each.channel, each.escalates))
    pause = desk.find("role", node.pause_waiting_for)
    if len(rungs) < len(node.rungs):
        return None
    titles = titles_of(desk, node.title, node.titles)
    return model.Sla(node.id.text, titles, tuple(rungs), node.default, pause)


def resolve_gate(desk: Desk, node: nodes.Gate) -> model.Gate | None:
    """A gate: what it holds, until what."""
    holds = [_held(desk, each) for each in node.holds]
    for number, held in enumerate(node.holds):
        desk.place(f"holds.{number}", held)
    until: list[tree.Expression] = []
    for number, condition in enumerate(node.until):
        desk.place(f"until.{number}", condition)
        found = frame_for(desk).condition(condition)
        if found is not None:
            until.append(found.tree)
    if not node.until:
        desk.missing("until", node.id, desk.keyword("gate"))
    waiver = desk.find("role", node.waiver)
    if len(until) < len(node.until) or None in holds:
        return None
    return model.Gate(
        node.id.text,
        titles_of(desk, node.title, node.titles),
        tuple(held for held in holds if held is not None),
        tuple(until),
        waiver,
        node.say.text if node.say else None,
        node.because.text if node.because else None,
    )


def _held(desk: Desk, node: nodes.Held) -> model.Held | None:
    if isinstance(node, nodes.HeldStage):
        stage = desk.find("stage", node.stage)
        return None if stage is None else model.HeldStage(stage)
    return model.HeldThing(_thing(node))


def _thing(node: nodes.HeldWord | nodes.HeldText) -> str:
    return node.word if isinstance(node, nodes.HeldWord) else node.text.text


def resolve_action(desk: Desk, node: nodes.Action) -> model.Action | None:
    """An action of a person, or of a system with a person behind it."""
    frame = frame_for(desk)
    on = moment(frame, node.on) if node.on else None
    call = _call(desk, node.call) if node.call else None
    by = _by(desk, node.by, node.id, "action")
    if node.on is not None:
        desk.place("on", node.on)
    if node.call is not None:
        desk.place("call", node.call)
    if by is None:
        return None
    return model.Action(
        node.id.text,
        titles_of(desk, node.title, node.titles),
        by,
        on.tree if on else None,
        call,
        budget(desk, node.within),
        tuple(dict.fromkeys(_thing(each) for each in node.releases)),
        node.because.text if node.because else None,
    )


def _by(desk: Desk, by: nodes.Name | None, at: nodes.Node, what: str) -> str | None:
    if by is None:
        desk.missing("by", at, desk.keyword(what))
        return None
    desk.place("by", by)
    return desk.find("role", by)


def _call(desk: Desk, node: nodes.Call) -> model.Call | None:
    frame = frame_for(desk)
    arguments = [frame.infer(each) for each in node.arguments]
    found = tuple(each.tree for each in arguments if each is not None)
    if len(found) < len(arguments):
        return None
    return model.Call(node.system.text, node.operation.text, found)


def resolve_access(desk: Desk, node: nodes.Access) -> model.Access | None:
    """An account or right: at least one of granted, taken back, passed on."""
    frame = frame_for(desk)
    grant = moment(frame, node.grant_on) if node.grant_on else None
    revoke = moment(frame, node.revoke_on) if node.revoke_on else None
    for clause in ("grant_on", "revoke_on", "transfer_to"):
        at: nodes.Node | None = getattr(node, clause)
        if at is not None:
            desk.place(clause, at)
    if node.grant_on is None and node.revoke_on is None and node.transfer_to is None:
        desk.missing("access_act", node.id, desk.keyword("access"))
    by = _by(desk, node.by, node.id, "access")
    to, from_ = desk.find("role", node.grant_to), desk.find("role", node.revoke_from)
    transfer = desk.find("role", node.transfer_to)
    if by is None:
        return None
    return model.Access(
        node.id.text,
        titles_of(desk, node.title, node.titles),
        by,
        grant.tree if grant else None,
        to,
        revoke.tree if revoke else None,
        from_,
        transfer,
        budget(desk, node.within),
        node.because.text if node.because else None,
    )


def resolve_document(desk: Desk, node: nodes.Document) -> model.Document | None:
    """A paper and who signs it."""
    signers = tuple(desk.all("role", signed) for signed in node.signers)
    if node.template is None:
        desk.missing("template", node.id, desk.keyword("document"))
    else:
        desk.place("template", node.template)
    if node.signers:
        desk.place("signers", node.signers[0][0])
    else:
        desk.missing("signed_by", node.id, desk.keyword("document"))
    if node.template is None or not all(signers) or not signers:
        return None
    return model.Document(
        node.id.text,
        titles_of(desk, node.title, node.titles),
        node.template.text,
        signers,
        tuple(dict.fromkeys(_thing(each) for each in node.releases)),
        node.because.text if node.because else None,
    )
