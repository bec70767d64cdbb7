"""Builders of what people do in scenarios, by the name of the grammar's alternative."""

from __future__ import annotations

from typing import Literal

from lark.lexer import Token

from dsl import nodes
from dsl.parser.build_expressions import whole
from dsl.parser.build_scenarios import target_of, when, who
from dsl.parser.kids import Builder, Kids

_VERBS: dict[str, nodes.Verb] = {
    "APPROVES": "approve", "REJECTS": "reject", "RETURNS": "return", "RESUBMITS": "resubmit",
    "HANDS_OVER": "hand_over", "SIGNS": "sign", "REFUSES": "refuse", "WAIVES": "waive", "COMPLETES": "complete",
    "WITHDRAWS": "withdraw", "SUSPENDS": "suspend", "RESUMES": "resume", "CANCELS": "cancel", "COUNTS": "count",
    "CALLS_BACK": "call_back", "STATES_CAUSE": "state_cause", "CONFIRMS_CAUSE": "confirm_cause",
    "REFUSES_CAUSE": "refuse_cause", "REOPENS": "reopen", "CLAIMS": "claim", "GIVES_BACK": "give_back",
    "DELEGATES": "delegate", "REASSIGNS": "reassign", "TAKES_OFF": "take_off",
    "BEFORE_OTHERS": "add_before", "BESIDE_OTHERS": "add_beside", "AFTER_OTHERS": "add_after",
    "ADDS_BEFORE": "add_before", "ADDS_BESIDE": "add_beside", "ADDS_AFTER": "add_after",
}  # fmt: skip


def _verb(kids: Kids) -> nodes.Verb:
    return next(_VERBS[token.type] for token in kids.all(Token) if token.type in _VERBS)


def _texts(kids: Kids) -> tuple[nodes.Text, ...]:
    """The texts behind the first word, which may be a person's name."""
    return Kids(kids.children[1:]).all(nodes.Text)


def _said(kids: Kids) -> nodes.Text | None:
    return next(iter(_texts(kids)), None)


def _act(kids: Kids) -> nodes.Act:
    """`R approves A "…"`, `2 of R approve A`: the name behind the people is the approval."""
    number = kids.token("NUMBER")
    names = [one for one in kids.children if isinstance(one, nodes.Name | nodes.Text)]
    by, *rest = names
    of = next((one for one in rest if isinstance(one, nodes.Name)), None)
    return nodes.Act(
        by,
        _verb(kids),
        None if of is None else nodes.Target(of, "approval", span=of.span),
        None if number is None else whole(number),
        next((one for one in rest if isinstance(one, nodes.Text)), None),
        content=kids.all(nodes.Entry),
        at=when(kids),
        span=kids.span,
    )


def _act_on(kids: Kids) -> nodes.Act:
    return nodes.Act(
        who(kids),
        _verb(kids),
        target_of(kids),
        text=_said(kids),
        content=kids.all(nodes.Entry),
        at=when(kids),
        span=kids.span,
    )


def _names_person(kids: Kids) -> nodes.Act:
    named = Kids(kids.children[1:]).one(nodes.Name)
    return nodes.Act(
        who(kids),
        "name",
        nodes.Target(named, span=named.span),
        person=_texts(kids)[0],
        items=kids.all(nodes.Target),
        at=when(kids),
        span=kids.span,
    )


def _passes_on(kids: Kids) -> nodes.Act:
    """`R reassigns X from "Old" to "New" "reason"`; the former one may be left out."""
    texts = list(_texts(kids))
    former = texts.pop(0) if kids.has("REVOKE_FROM") else None
    return nodes.Act(
        who(kids),
        _verb(kids),
        target_of(kids),
        text=texts[1] if texts[1:] else None,
        person=texts[0],
        former=former,
        at=when(kids),
        span=kids.span,
    )


def _changes_approver(kids: Kids) -> nodes.Act:
    person, *reason = _texts(kids)
    return nodes.Act(
        who(kids),
        _verb(kids),
        target_of(kids),
        text=reason[0] if reason else None,
        person=person,
        at=when(kids),
        span=kids.span,
    )


def _lets_stand_in(kids: Kids) -> nodes.StandsIn:
    first, last = kids.all(nodes.Date)
    return nodes.StandsIn(who(kids), _texts(kids)[0], first, last, when(kids), span=kids.span)


def _comes_or_goes(kids: Kids) -> nodes.ComesOrGoes:
    how: Literal["back", "leaves"] = "back" if kids.has("IS_BACK") else "leaves"
    return nodes.ComesOrGoes(who(kids), how, when(kids), span=kids.span)


BUILDERS: dict[str, Builder] = {
    "act": _act,
    "act_on": _act_on,
    "names_person": _names_person,
    "passes_on": _passes_on,
    "changes_approver": _changes_approver,
    "lets_stand_in": _lets_stand_in,
    "comes_or_goes": _comes_or_goes,
}
