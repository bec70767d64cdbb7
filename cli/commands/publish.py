"""`baton publish`: a rulebook becomes current for new cases."""

from __future__ import annotations

from argparse import Namespace

from cli.failures import FINDINGS
from cli.options import Options
from cli.parser import Parser
from cli.rulebooks import check_file
from cli.trials import Trial
from cli.workplace import workplace
from engine.rejection import Refusal


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("file", about="rulebook_file", metavar="FILE")
    parser.take("--reason", about="reason", metavar="TEXT", required=True)


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
                output.line(trial.summary(), "bad")
                output.line(output.say("publish.nothing"))
            return FINDINGS
        release = place.administration.publish(artefact, given.reason)
        if isinstance(release, Refusal):
            raise place.refused(release)
        if output.is_json:
            output.json(release)
            return 0
        output.line(
            output.say(
                "publish.done",
                rulebook=release.rulebook,
                version=release.version,
                held=trial.held,
            ),
            "good",
        )
        output.line(output.say("publish.hash", hash=release.artefact), "quiet")
    return 0
