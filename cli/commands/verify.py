"""`baton verify`: every chain and hash of the ledger, and its tables."""

from __future__ import annotations

from argparse import Namespace

from cli.failures import FINDINGS
from cli.options import Options
from cli.parser import Parser
from cli.workplace import Workplace, damage_line, workplace
from engine.store.port import Damage
from engine.store.verification import CHAIN


def arguments(parser: Parser) -> None:
    """The command takes nothing of its own."""
    del parser


def run(options: Options, given: Namespace) -> int:
    """Shows damage as it is found; the exit code is 1 if there is any."""
    del given
    with workplace(options) as place:
        return _verify(place)


def _verify(place: Workplace) -> int:
    output = place.output
    found: list[Damage] = []
    for damage in place.store.verify():
        found.append(damage)
        if not output.is_json:
            output.line(f"{damage.where} · {damage_line(output, damage)}", "bad")
    # Of a broken chain a snapshot may still tell counts and a last hash that the file no longer bears out.
    broken = any(damage.code in CHAIN for damage in found)
    summary = None if broken else place.store.summary()
    if output.is_json:
        output.json({"damage": found, "summary": summary})
        return FINDINGS if found else 0
    if summary is not None:
        counts = {"transactions": summary.transactions, "events": summary.events}
        output.line(output.say("verify.summary", **counts))
        output.line(output.say("verify.hash", hash=summary.last_hash or "—"), "quiet")
    name = "whole" if not found else "damaged" if broken else "beside"
    output.line(output.say(f"verify.{name}", count=len(found)), "bad" if found else "good")
    return FINDINGS if found else 0
