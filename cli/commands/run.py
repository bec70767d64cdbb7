"""`baton run`: what is due happens by itself, until the process is told to stop."""

from __future__ import annotations

import os
import signal
from argparse import Namespace
from threading import Event

from cli.commands.advance import advance_now, tell_advance
from cli.copying import only_administrators
from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.workplace import Workplace, workplace
from engine.rejection import Refusal
from engine.runner import Health, Runner, health_of, sole
from engine.store.disk import Disk

LONGEST = 30.0
"""Seconds between two looks at the timers."""


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--once", about="once", action="store_true")
    parser.take("--health", about="health", action="store_true")
    parser.take("--dry-run", about="dry_run", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Runs; the exit code."""
    with workplace(options, draft=given.dry_run) as place:
        if given.dry_run:
            return _foresee(place)
        if given.health:
            return _show_health(place)
        only_administrators(place)
        with sole(place.store.folder, Disk()) as note:
            if note is None:
                raise wrong_use(options.language, "C161")

            def tell(health: Health) -> None:
                note(health)
                _tell(place, health)

            stop = Event()
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
            wait = (lambda _: True) if given.once else stop.wait
            Runner(place.service, place.store, os.getpid()).run(wait, LONGEST, tell)
    return 0


def _foresee(place: Workplace) -> int:
    """What the first look at the timers would let happen; the exit code."""
    cases = advance_now(place)
    if isinstance(cases, Refusal):
        raise place.refused(cases)
    tell_advance(place, place.store.position(), dry_run=True)
    return 0


def _tell(place: Workplace, health: Health) -> None:
    output = place.output
    if output.is_json:
        output.json(health)
    else:
        output.line(_line(place, health))


def _line(place: Workplace, health: Health) -> str:
    return place.output.say(
        "run.tick",
        tick=place.local(health.last_tick),
        behind=round(health.behind_by),
        cases=health.cases,
    )


def _show_health(place: Workplace) -> int:
    health, alive = health_of(place.store.folder, Disk())
    output = place.output
    if output.is_json:
        output.json({"running": alive, "health": health})
        return 0
    output.line(output.say("run.alive" if alive else "run.idle"), "good" if alive else "bad")
    if health is not None:
        output.line(_line(place, health))
    return 0
