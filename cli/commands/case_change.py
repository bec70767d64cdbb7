"""`baton case change`: a fact of a running case gets another value."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, case_argument
from cli.options import Options
from cli.parser import Parser, WrongUseError
from cli.texts import MESSAGES
from cli.typed import typed_values
from cli.workplace import workplace
from engine.commands import ChangeFact


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    case_argument(parser)
    parser.take("--fact", about="one_fact", metavar="FACT=VALUE", action="append", required=True)
    parser.take("--reason", about="reason", metavar="TEXT", required=True)
    parser.take("--preview", about="preview", action="store_true", dest="dry_run")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Changes the fact; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        program = place.scope(given.case, acting.viewer).program
        facts = typed_values(place, program, program.rulebook.facts, given.fact)
        if len(facts) > 1:
            problem = MESSAGES.say(options.language, "use.once", names="--fact")
            raise WrongUseError("", problem)
        [(fact, value)] = facts.items()
        return acting.carry_out(given.case, ChangeFact(fact, value, None, given.reason))
