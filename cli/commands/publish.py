"""`baton publish`: a rulebook becomes current for new cases."""

from __future__ import annotations

from argparse import Namespace

import msgspec

from cli.failures import FINDINGS
from cli.options import Options
from cli.parser import Parser
from cli.rulebooks import check_file
from cli.trials import Trial
from cli.workplace import Workplace, workplace
from engine.artefact import Artefact, Release
from engine.rejection import Refusal


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("file", about="rulebook_file", metavar="FILE")
    parser.take("--reason", about="reason", metavar="TEXT", required=True)
    parser.take("--dry-run", about="dry_run", action="store_true")
    parser.take("--changed-bases", about="changed_bases", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Checks, plays all scenarios, stores; the exit code."""
    with workplace(options) as place:
        output = place.output
        trial = Trial(options, output, frozenset(), quiet=True)
        artefact = trial.judge(*check_file(options, given.file))
        if artefact is None or not trial.clean:
            if output.is_json:
                output.json(trial.documents)
            else:
                for line in trial.summary():
                    output.line(line, "bad")
                output.line(output.say("publish.nothing"))
            return FINDINGS
        if given.dry_run:
            _foresee(place, artefact, trial.held, changed_bases=given.changed_bases)
            return 0
        release = place.administration.publish(
            artefact, given.reason, changed_bases=given.changed_bases
        )
        if isinstance(release, Refusal):
            raise place.refused(release)
        _tell(place, artefact, release, trial.held)
    return 0


def _tell(place: Workplace, artefact: Artefact, release: Release, held: int) -> None:
    """Say what is published now, of which layers it is made, and what goes on as it was."""
    output = place.output
    running = _running(place, release.rulebook, release.artefact)
    layers = [{"id": one.id, "version": one.version, "hash": one.hash} for one in artefact.layers]
    if output.is_json:
        output.json({**msgspec.to_builtins(release), "layers": layers, "running": running})
        return
    done = {"rulebook": release.rulebook, "version": release.version, "held": held}
    output.line(output.say("publish.done", **done), "good")
    if running:
        output.line(output.say("publish.running", count=running))
    output.line(output.say("publish.hash", hash=release.artefact), "quiet")
    for one in artefact.layers[1:]:
        values = {"layer": one.id, "version": one.version, "hash": one.hash}
        output.line(output.say("publish.layer", **values), "quiet")
    _tell_zone(place, artefact)


def _running(place: Workplace, rulebook: str, artefact: str) -> int:
    """How many cases go on with an earlier version."""
    rows = place.store.rows("cases", {"status": "open", "rulebook": rulebook})
    return sum(row["artefact"] != artefact for row in rows)


def _tell_zone(place: Workplace, artefact: Artefact) -> None:
    """Say that days begin elsewhere than here, where they do: a deadline of 18:00 is another moment then."""
    zone = artefact.rulebook.timezone
    if zone != place.zone.key:
        output = place.output
        output.line(output.say("publish.zone", zone=zone, here=place.zone.key), "notice")


def _foresee(place: Workplace, artefact: Artefact, held: int, *, changed_bases: bool) -> None:
    """Say that it could be published, by whoever asks."""
    refusal = place.administration.refuse_release(artefact, changed_bases=changed_bases)
    if refusal is not None:
        raise place.refused(refusal)
    rulebook = artefact.rulebook
    values = {"rulebook": rulebook.id, "version": rulebook.version, "held": held}
    if place.output.is_json:
        place.output.json({**values, "artefact": artefact.hash})
    else:
        place.output.line(place.output.say("publish.foreseen", **values))
        _tell_zone(place, artefact)
